"""Places and what is of them: no entities here, but parts of names."""

from bot.entities.extract.gazetteer import phrases, words

COUNTRIES = phrases(
    """
    afghanistan; albania; algeria; andorra; angola; argentina; armenia; australia; austria
    azerbaijan; bahamas; bahrain; bangladesh; barbados; belarus; belgium; belize; benin; bhutan
    bolivia; bosnia; botswana; brazil; britain; brunei; bulgaria; burkina faso; burma; burundi
    cambodia; cameroon; canada; cape verde; chad; chile; china; colombia; congo; costa rica; croatia
    cuba; cyprus; czech republic; czechia; denmark; djibouti; dominica; dominican republic; ecuador
    egypt; el salvador; england; eritrea; estonia; eswatini; ethiopia; fiji; finland; france; gabon
    gambia; gaza; georgia; germany; ghana; greece; greenland; grenada; guatemala; guinea; guyana
    haiti; honduras; hong kong; hungary; iceland; india; indonesia; iran; iraq; ireland; israel
    italy; ivory coast; jamaica; japan; jordan; kazakhstan; kenya; kosovo; kuwait; kyrgyzstan; laos
    latvia; lebanon; lesotho; liberia; libya; liechtenstein; lithuania; luxembourg; macau
    madagascar; malawi; malaysia; maldives; mali; malta; mauritania; mauritius; mexico; moldova
    monaco; mongolia; montenegro; morocco; mozambique; myanmar; namibia; nepal; netherlands
    new zealand; nicaragua; niger; nigeria; north korea; north macedonia; northern ireland; norway
    oman; pakistan; palestine; panama; papua new guinea; paraguay; peru; philippines; poland
    portugal; puerto rico; qatar; romania; russia; rwanda; samoa; saudi arabia; scotland; senegal
    serbia; seychelles; sierra leone; singapore; slovakia; slovenia; somalia; south africa
    south korea; south sudan; spain; sri lanka; sudan; suriname; sweden; switzerland; syria; taiwan
    tajikistan; tanzania; thailand; tibet; togo; tonga; trinidad; tunisia; turkey; türkiye;
    turkmenistan
    uganda; ukraine; united arab emirates; uae; united kingdom; united states;
    united states of america
    america; uruguay; uzbekistan; vanuatu; vatican; venezuela; vietnam; wales; yemen; zambia;
    zimbabwe
    u.s; us; usa; uk; u.k; u.a.e; u.s.a; eu; e.u; holland; great britain; korea; west bank; drc
    """
)
STATES = phrases(
    """
    alabama; alaska; arizona; arkansas; california; colorado; connecticut; delaware; florida
    georgia; hawaii; idaho; illinois; indiana; iowa; kansas; kentucky; louisiana; maine; maryland
    massachusetts; michigan; minnesota; mississippi; missouri; montana; nebraska; nevada
    new hampshire; new jersey; new mexico; new york; north carolina; north dakota; ohio; oklahoma
    oregon; pennsylvania; rhode island; south carolina; south dakota; tennessee; texas; utah
    vermont; virginia; washington; west virginia; wisconsin; wyoming; district of columbia
    ala; ariz; ark; calif; colo; conn; del; fla; ga; ill; ind; kan; ky; la; mass; md; mich; minn
    miss; mo; mont; neb; nev; n.h; n.j; n.m; n.y; n.c; n.d; okla; ore; pa; r.i; s.c; s.d; tenn
    tex; vt; va; wash; w.va; wis; wyo; d.c; wa; ca; ny
    ontario; quebec; british columbia; alberta; manitoba; saskatchewan; nova scotia; new south wales
    victoria; queensland; tasmania; bavaria; saxony; brandenburg; hesse; catalonia; andalusia
    lombardy; flanders; wallonia; normandy; brittany; xinjiang; guangdong; sichuan; zhejiang
    jiangsu; fujian; yunnan; hubei; hunan; karnataka; maharashtra; gujarat; punjab; kerala
    tamil nadu; west bengal; uttar pradesh; telangana; johor; penang; selangor; crimea; donbas
    siberia; sindh; balochistan; hokkaido; okinawa; kansai; yorkshire; lancashire; kent; essex
    sussex; surrey; cornwall; devon; norfolk; suffolk; ulster; midlands
    """
)
CITIES = phrases(
    """
    abu dhabi; abuja; accra; addis ababa; albany; albuquerque; alexandria; algiers; amman; amsterdam
    anchorage; ankara; annapolis; antwerp; arlington; athens; atlanta; auckland; augusta; austin
    baghdad; baltimore; bangalore; bengaluru; bangkok; barcelona; basel; basra; baton rouge; beijing
    beirut; belfast; belgrade; berkeley; berlin; bern; birmingham; bogota; bologna; bonn
    bordeaux; boston; brasilia; bratislava; bremen; brighton; brisbane; bristol; brooklyn; brussels
    bucharest; budapest; buenos aires; buffalo; cairo; calgary; canberra; cape town; caracas
    cardiff; charleston; charlotte; chengdu; chennai; chicago; chongqing; christchurch; cincinnati
    cleveland; cologne; columbus; copenhagen; coventry; dakar; dallas; damascus; davos; delhi
    denver; des moines; detroit; dhaka; doha; dresden; dubai; dublin; durban; edinburgh; edmonton
    eindhoven; el paso; florence; fort worth; frankfurt; fremont; fresno; geneva; genoa; ghent
    glasgow; gothenburg; grenoble; guangzhou; gurugram; hamburg; hanoi; hanover; harare; harrisburg
    hartford; havana; helsinki; hiroshima; ho chi minh city; honolulu; houston; hyderabad
    indianapolis; irvine; islamabad; istanbul; jackson; jakarta; jeddah; jerusalem; johannesburg
    juneau; kabul; kampala; kansas city; karachi; kathmandu; khartoum; kiev; kyiv; kinshasa; kolkata
    krakow; kuala lumpur; kuwait city; kyoto; lagos; lahore; lansing; las vegas; lausanne; leeds
    leicester; leipzig; lille; lima; lisbon; liverpool; ljubljana; london; los angeles; louisville
    luanda; lyon; madison; madrid; malmo; manchester; manhattan; manila; marseille; melbourne
    memphis; menlo park; mexico city; miami; milan; milwaukee; minneapolis; minsk; mogadishu
    montevideo; montgomery; montpellier; montreal; moscow; mountain view; mumbai; munich; nagoya
    nairobi; nanjing; naples; nashville; new delhi; new haven; new orleans; new york city; newark
    newcastle; nice; nottingham; nuremberg; oakland; odesa; oklahoma city; olympia; omaha; orlando
    osaka; oslo; ottawa; oxford; palo alto; paris; perth; philadelphia; hague; stoke-on-trent
    milton keynes; grimsby; wolverhampton; bradford; norwich; exeter; swindon; luton; slough
    blackpool; middlesbrough; sunderland; bolton; preston; ipswich; peterborough; bournemouth
    swansea; wrexham; dundee; inverness; galway; limerick; cork; daejeon; busan; incheon; nara
    sapporo; fukuoka; sendai; hangzhou; suzhou; xi'an; shenyang; pune; jaipur; lucknow; noida
    kochi; bhubaneswar; brasilia; recife; belo horizonte; medellin; guadalajara; monterrey
    tijuana; la paz; asuncion; san salvador; guatemala city; managua; panama city; port-au-prince
    santo domingo; cedar rapids; fargo; sioux falls; anchorage; albuquerque; colorado springs
    arlington; norfolk; virginia beach; annapolis; bethesda; fort meade; cheyenne; bismarck
    montpelier; wilmington; savannah; tuscaloosa; little rock; baton rouge; shreveport; knoxville
    chattanooga; greensboro; durham; scottsdale; tempe; bakersfield; stockton; riverside; anaheim
    santa cruz; san mateo; cupertino; santa barbara; tacoma; bellevue; abilene; phnom penh; phoenix
    pittsburgh; plymouth; portland; porto; prague; pretoria; providence; pyongyang; quito; raleigh
    ramallah; redmond; reno; reykjavik; richmond; riga; rio de janeiro; riyadh; rome; rotterdam
    sacramento; salem; salt lake city; salzburg; san antonio; san diego; san francisco; san jose
    san juan; sanaa; santa clara; santa fe; santa monica; santiago; sao paulo; sarajevo; seattle
    seoul; seville; shanghai; sheffield; shenzhen; singapore; skopje; sofia; southampton; spokane
    springfield; st louis; st. louis; st paul; st. paul; stockholm; strasbourg; stuttgart; sunnyvale
    surabaya; sydney; taipei; tallahassee; tallinn; tampa; tashkent; tbilisi; tehran; tel aviv
    the hague; tianjin; tokyo; topeka; toronto; toulouse; trenton; tripoli; tucson; tulsa; tunis
    turin; ulaanbaatar; utrecht; vancouver; venice; vienna; vilnius; warsaw; wellington; winnipeg
    wuhan; yangon; yerevan; yokohama; zagreb; zurich; reston; silicon valley; wall street
    whitehall; westminster; downing street; capitol hill; fleet street; hollywood; bollywood
    broadway; bay area
    """
)
REGIONS = phrases(
    """
    africa; antarctica; arctic; asia; europe; north america; south america; latin america
    central america; middle east; far east; pacific; indo-pacific; atlantic; mediterranean; balkans
    caribbean; caucasus; central asia; southeast asia; east asia; south asia; eastern europe
    western europe; scandinavia; gulf; persian gulf; west africa; east africa; north africa; sahel
    midwest; new england; deep south; west coast; east coast; pacific northwest; rust belt; earth
    mars; moon; west; east; north; south; western; eastern; global south; south china sea; red sea
    black sea; baltic; north sea; western hemisphere; amazonia; himalayas; alps; strait of hormuz
    """
)
PLACES = COUNTRIES | STATES | CITIES | REGIONS

DEMONYMS = words(
    """
    afghan afghans african africans albanian algerian american americans angolan arab arabs arabic
    dutchman dutchwoman irishman irishwoman scotsman welshman frenchwoman
    argentine argentinian armenian asian asians australian australians austrian azerbaijani bahraini
    bangladeshi basque bavarian belarusian belgian bolivian bosnian brazilian brazilians british
    briton britons bulgarian burmese californian californians cambodian canadian canadians caribbean
    catalan chadian chechen chilean chinese colombian congolese croatian cuban cypriot czech dane
    danes danish dutch ecuadorian egyptian emirati english englishman eritrean estonian ethiopian
    european europeans filipino filipinos finn finnish flemish french frenchman gambian georgian
    german germanic germans ghanaian greek greeks guatemalan haitian hispanic hispanics honduran
    hungarian icelandic indian indians indonesian iranian iranians iraqi iraqis irish israeli
    israelis italian italians jamaican japanese jordanian kazakh kenyan korean koreans kosovar
    kurdish kurds kuwaiti laotian latin latino latinos latina latvian lebanese libyan lithuanian
    londoner londoners luxembourgish macedonian malaysian maltese maori mexican mexicans moldovan
    mongolian montenegrin moroccan namibian nepalese nepali nicaraguan nigerian nigerians nordic
    norse norwegian norwegians ohioan ohioans omani pakistani pakistanis palestinian palestinians
    panamanian paraguayan peruvian polish pole poles portuguese prussian qatari romanian rohingya
    russian russians rwandan saudi saudis scandinavian scot scots scottish senegalese serb serbian
    serbs singaporean slavic slovak slovene slovenian somali spaniard spanish sudanese swede swedes
    swedish swiss syrian syrians taiwanese tamil tanzanian texan texans thai tibetan tunisian turk
    turkish turks ugandan ukrainian ukrainians uruguayan uyghur uyghurs uzbek venezuelan vietnamese
    walloon welsh yemeni zambian zimbabwean yorker yorkers
    christian christians jewish jew jews muslim muslims islamic catholic catholics protestant
    protestants orthodox hindu hindus buddhist sikh hebrew mandarin cantonese urdu hindi swahili
    dari pashto farsi black white latinx victorian
    democrat democrats republican republicans tory tories conservatives liberals greens green
    labour soviet kyrgyz marxist communist socialist nazi
    """
)

PLACE_HEADS = words(
    """
    county street avenue road boulevard lane drive square river lake mountain mountains mount island
    islands peninsula valley bay sea ocean desert beach hill hills creek canyon coast strait canal
    airport province prefecture borough village town harbor harbour isle gulf cape forest bridge
    highway parkway palace dome tower castle cathedral stadium arena hall station terminal
    """
)
"""A name that ends so is a place."""

LOCATING = words("in near outside across throughout around inside into toward towards")
"""Prepositions that stand before places more than before anyone."""
