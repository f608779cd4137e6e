"""What marks a body, a law, a product or an event, and names that need no mark."""

from bot.entities.extract.gazetteer import phrases, words

COMPANY_SUFFIXES = words(
    """
    inc corp corporation co company ltd limited llc llp lp plc gmbh ag sa se nv bv asa ab oy oyj spa
    srl sas kg kgaa kk pty pte bhd sdn pbc pjsc jsc sarl
    """
)
"""Legal forms, which a name is as good without."""

COMPANY_HEADS = words(
    """
    technologies technology labs laboratories systems holdings group robotics semiconductor
    semiconductors software networks motors airlines airways pharmaceuticals therapeutics
    biosciences ventures capital partners securities investments industries entertainment studios
    pictures records games media solutions analytics dynamics aerospace aviation electronics
    telecom communications wireless mobile energy power electric petroleum oil gas mining steel
    foods beverages brands stores retail pharmacy healthcare insurance brothers bancorp financial
    interactive intelligence autonomy optics photonics quantum compute computing cloud data ai
    micro devices instruments works supply logistics freight shipping enterprises international
    associates advisors consulting & bank platforms toys motor airways
    """
)
"""Last words of companies' names; weaker than a legal form."""

AGENCY_HEADS = words(
    """
    department agency bureau ministry administration commission directorate inspectorate court
    tribunal parliament congress senate assembly legislature committee subcommittee cabinet
    constabulary police army navy guard corps embassy consulate treasury circuit customs patrol
    legislature council authority service services regulator ombudsman office executive reserve
    bundestag bundesrat knesset duma diet lords commons representatives delegates command
    headquarters comptroller registry prosecutor's secretariat board survey mint archives
    enforcement
    """
)
BODY_HEADS = words(
    """
    institute institution university college school academy polytechnic center centre foundation
    association union alliance coalition society federation league network project initiative
    forum party organization organisation chamber club church hospital museum library observatory
    laboratory lab theatre theater gallery orchestra opera programme program trust fund campaign
    consortium partnership conservatory council collective
    clinic watch press news times post journal gazette tribune herald chronicle ledger guardian
    observer mail telegraph magazine review radio television broadcasting daily weekly monitor
    courier examiner independent inquirer register dispatch sentinel globe sun star standard record
    bulletin guild congress brotherhood team group movement rights justice task roundtable oversight
    security policy technologists engineers interpreters practitioners consultants owners
    publishers workers teachers physicians pilots manufacturers editors writers consumers
    """
)
"""Heads of other bodies; those at the end count only with more words before them."""

HEADS_ALONE = (
    AGENCY_HEADS
    | BODY_HEADS
    | words(
        "act bill law code directive regulation regulations treaty convention amendment charter "
        "summit conference meeting company firm state government republic kingdom district county "
        "city town house part phase level room courtroom gate route exhibit no section article "
        "chapter title rule order "
        "program programme plan strategy "
        "constitution internet web industry technology legislature chamber hearing campus division "
        "unit branch bench"
    )
) - words("congress senate parliament bundestag knesset army navy")
"""Capitalised alone they mean a body named elsewhere, which they cannot name."""

JOINING = {
    "of": AGENCY_HEADS
    | BODY_HEADS
    | words(
        "house bank bill secretary undersecretary minister director chief speaker president state "
        "declaration institutes chamber chambers court college attorney general republic "
        "duchess duke prince "
        "university governor mayor board city town port senate members code statement council king "
        "queen archbishop bishop bishopric lord days conference treaty friends doctors mothers "
        "knights "
        "daughters sons league sisters brothers minister-president vice-president standing"
    ),
    "for": AGENCY_HEADS
    | BODY_HEADS
    | words(
        "americans citizens students mothers doctors reporters parents women lawyers scientists "
        "minister secretary director undersecretary friends veterans families people workers "
        "artists "
        "teachers engineers physicians business businesses teens kids call data ai technology "
        "tax center institutes representative director-general fairness encode stop"
    ),
    "on": words(
        "committee commission council panel convention partnership subcommittee project center "
        "centre institute treaty board conference caucus force summit regulation directive law act "
        "alliance forum conference war party"
    ),
    "to": words("committee doctors schools right"),
    "at": words("center centre school institute"),
    "in": words("women institute center transparency center centre accuracy"),
    "against": words("mothers campaign coalition center movement alliance citizens"),
}
"""After which words a preposition goes on with the name."""

LAW_HEADS = words(
    """
    act acts bill law code directive regulation regulations convention treaty amendment amendments
    constitution charter accord accords protocol ordinance statute decree gdpr clause doctrine
    """
)
EVENT_HEADS = words(
    "summit conference expo olympics games festival congress meeting symposium dialogue scandal "
    "pandemic war crisis cup award awards prize championship championships prix marathon inquiry "
    "hearings tournament"
)
PRODUCT_HEADS = words(
    """
    model models chatbot chatbots app apps assistant assistants tool tools software platform system
    systems handset device robot drone drones chip chips engine service browser device phone console
    headset camera algorithm family agent bot series missile satellite vaccine drug game dataset
    database product toy companion checker translator detector plugin toolkit processor processors
    accelerator accelerators gpu gpus laptop tablet smartphone smartwatch scoring
    """
)
COMPANY_NOUNS = words(
    """
    company firm startup start-up maker developer vendor supplier operator owner carrier insurer
    bank retailer manufacturer giant group contractor provider publisher broadcaster chipmaker
    automaker carmaker airline conglomerate subsidiary unit lender brokerage investor bidder rival
    competitor outfit business builder studio laboratory lab employer seller brand chain
    client customer utility companies firms startups start-ups makers developers vendors rivals
    carriers utilities insurers banks retailers chipmakers giants contractors providers suppliers
    """
)
BODY_NOUNS = words(
    """
    group nonprofit non-profit charity union association institute university college school think
    tank organisation organization alliance coalition newspaper magazine outlet broadcaster website
    network agency body regulator watchdog panel court committee foundation campaign lobby centre
    center outfit party federation society forum
    """
)

OUTLETS = phrases(
    """
    abc; abc news; agence france-presse; afp; al jazeera; ap; associated press; ars technica; axios
    bbc; bbc news; bbc radio 4; bloomberg; bloomberg news; bloomberg law; boston globe;
    business insider
    buzzfeed; c-span; caixin; canadian press; cbc; cbs; cbs news; channel 4 news; chicago tribune
    cnbc; cnet; cnn; daily mail; daily telegraph; der spiegel; deutsche welle; economist; el pais
    euractiv; euronews; financial times; forbes; fortune; fox business; fox news; gizmodo;
    globe and mail
    guardian; haaretz; handelsblatt; hill; hindu; hindustan times; huffpost; independent;
    indian express
    irish times; japan times; kyodo news; la repubblica; le monde; los angeles times; marketwatch
    miami herald; mit technology review; mother jones; msnbc; nbc; nbc news; new york post
    new york times; new yorker; newsweek; nikkei; nikkei asia; npr; pbs; pbs newshour; politico;
    propublica
    protocol; rappler; reuters; rest of world; rolling stone; rte; san francisco chronicle; semafor
    channel 4; sky news; slate; south china morning post; spiegel; straits times;
    sydney morning herald; tass
    techcrunch; the atlantic; the information; the verge; the wall street journal; time magazine
    times of india; toronto star; truth social; usa today; us news; vanity fair; vice news; vox
    wall street journal; washington post; washington times; wired; xinhua; yahoo news; yonhap; zdnet
    60 minutes; all things considered; morning edition; face the nation; meet the press; newsnight
    lawfare; just security; punchbowl news; the athletic; 404 media; the intercept; the register
    """
)
"""Outlets by the names that texts give them, folded; those with "the" are words without it."""

COMPANIES = phrases(
    """
    accenture; adobe; airbnb; airbus; alibaba; alphabet; amazon; amd; apple; arm; asml; at&t; baidu
    bae systems; bank of america; barclays; blackrock; boeing; booz allen hamilton; bp; broadcom;
    bytedance
    canon; capgemini; charter; chevron; cisco; citigroup; cloudflare; coca-cola; cohere; comcast
    costco; databricks; dell; deloitte; discord; disney; doordash; ebay; equifax; ericsson;
    exxonmobil
    facebook; fedex; foxconn; ford; general dynamics; general electric; general motors;
    goldman sachs
    google; hitachi; honda; honeywell; hp; hsbc; huawei; humana; hyundai; ibm; infosys; intel;
    intuit
    jpmorgan; jpmorgan chase; kpmg; l3harris; lenovo; lg; linkedin; lockheed martin; lyft;
    mastercard
    mcdonald's; mckinsey; meta; micron; microsoft; mistral; morgan stanley; nec; netflix; nestle;
    nike
    nikon; nintendo; nokia; northrop grumman; novartis; nvidia; openai; oracle; palantir; panasonic
    paypal; pepsico; perplexity; pfizer; philips; pinterest; pwc; qualcomm; raytheon; reddit; roblox
    roche; rolls-royce; rtx; salesforce; samsung; sap; scale ai; shell; shopify; siemens; snap
    snowflake; sony; spacex; spotify; stability ai; starbucks; stripe; t-mobile; target; tata
    telegram; tencent; tesla; thales; tiktok; toshiba; toyota; tsmc; twilio; twitter; uber; ubs
    unilever; ups; verizon; visa; volkswagen; volvo; walmart; waymo; wells fargo; xiaomi; yahoo;
    yandex
    youtube; zoom; zte; signal; softbank; hugging face; character.ai; anduril; anthropic; xai
    """
)
AGENCIES = phrases(
    """
    pentagon; white house; fbi; cia; nsa; fda; fcc; ftc; sec; epa; irs; nasa; darpa; doj; dod; dhs
    nist; cisa; faa; hhs; gao; omb; un; nato; mi5; mi6; gchq; nhs; hmrc; ofcom; ofgem; interpol
    europol; kremlin; congress; house of commons; house of lords; house of representatives; senate
    u.s. army; army; navy; air force; marine corps; space force; coast guard; nhs england;
    parliament; bundestag; knesset
    """
)
BODIES = phrases(
    "unesco; asean; apec; opec; wto; imf; world bank; who; icrc; red cross; ieee; w3c; c2pa; iso; "
    "itu; iec; human rights watch; amnesty international; greenpeace; aclu; naacp; metr; rand; "
    "oxfam; technet; public knowledge; big brother watch; consumer reports; public citizen; g7; "
    "g20; "
    "oecd; brics; african union; arab league; red crescent; taliban; hamas; hezbollah"
)
PRODUCTS = phrases(
    "iphone; ipad; android; windows; alexa; siri; chatgpt; claude; gemini; grok; instagram; "
    "whatsapp; messenger; gmail; chrome; facebook messenger; google maps; google search; bing; "
    "microsoft 365; excel; photoshop; firefly; dall-e; midjourney; sora; copilot; llama; deepseek; "
    "snapchat; threads; bluesky; mastodon; fortnite; minecraft; roblox; pegasus; starlink; maven; "
    "lavender; pix; wechat; weibo; douyin; telegram; imessage; facetime; ring; echo; pixel; xbox; "
    "playstation; kindle; github; github copilot; cursor; perplexity; character.ai; replika"
)
