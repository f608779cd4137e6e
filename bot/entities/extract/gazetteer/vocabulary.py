"""Words that begin sentences, fill names of bodies, or tell time: capitals that prove nothing."""

from bot.entities.extract.gazetteer import phrases, words

CALENDAR = words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec
    mon tue tues wed thu thurs fri sat sun spring summer autumn fall winter christmas easter
    thanksgiving ramadan
    """
)
NO_NAMES = words(
    """
    ai a.i agi ml llm llms gpu gpus cpu cpus api apis pdf ipo ipos tv pc pcs it id ids dna rna faq
    atm gdp pr hr vip am pm a.m p.m et est edt pst pdt cst cdt mst mdt gmt utc bst cet ist aest jst
    ceo ceos cfo coo cto cio ciso mp mps mep meps gop ngo ngos phd mba md jd llc ok okay covid
    covid-19 sms usb wifi wi-fi url html r&d i mr mrs ms dr q a no nos vs re fyi ps rsvp lgbtq ev
    evs
    uav uavs iot vr ar xr 2d 3d 4k 5g 6g cctv gps hiv aids i'm i've i'll i'd u.s us uk u.k usa u.s.a
    d.c dc eu e.u god bible internet web english mps' m.p x-ray t-shirt qr dei esg saas b2b vat
    parliamentary presidential congressional olympic olympics royal federal hq imo lol tbd ufo
    pow wwii wmd icbm nda ndas rfp rfi sme smes
    """
)

OPENERS = words(
    """
    a about after again against all also although amid an are as at because behind but by could
    does do during has have had he her here his how however if is its may might must nor of off on
    or other own per plus said says should she some than the their them then there these they this
    those though through thus to under unless us was we were what when where while who will with
    within without would you analysis exclusive breaking report i me him ours theirs
    able above according accordingly additionally administration advocates africa afterward
    afterwards age agencies agency agents ago agreement airlines allies almost alone along already
    alternatively always america among analysts and another answers any anybody anyone anything
    apart apparently appeals applicants application approval april are area areas around article
    artificial aside ask asked asking assuming attackers attempts attorneys auditors authorities
    authors average away back backers bad bank bankers banks basically became become been before
    began begin behind being below benefits best better big bigger bill billions bills black board
    bodies books bosses both breaking brief briefly broadly brokers budget builders building
    business businesses buyers call callers calls camera cameras campaigners can cannot carriers
    case cases certain certainly chairman chances change changes charges cheaper chief child
    children chips cities citizens city civil claims clearly clients close colleagues come comments
    common companies company compare competition competitors complaints compliance computers
    concerns conditions conservatives consequently consider consultants consumer consumers contact
    contract contractors contracts conversely copies correction costs councils counsel countries
    country courts coverage critics current currently customers data days deal dealers deals dear
    deaths debate decades deciding decisions defence defendants defenders defense delegates demand
    deputies designers despite details developers devices did different diplomats directors
    disputes doctors documents doing donors doubts down drivers due each earlier early economists
    economy editing editor educators effectively efforts eight eighteen either elected election
    elections elsewhere emails employees employers end engineers enough environmental especially
    even eventually ever every everybody everyone everything evidence exactly examples except
    executives existing experts explain eyes facing fact facts failure families far farmers federal
    fees few fewer fifteen fifty final finally financial find fines firm firms first five following
    food for foreign forget former formerly forty founded founders four friends from full fully
    further future gains general generally get getting girls give given giving global going good
    government governments governors graduates great group groups growing guidance half hard hardly
    headlines health hearing hearings help helped high higher historians history holding home hope
    hospitals hours house how hundreds ideally identical images imagine immediately immigration
    implementation importantly imports in increasingly indeed independent industry inflation
    information initially insiders inspectors institutions instead insurers intelligence interest
    interestingly internal international introducing investigators investors ironically issues
    it's its itself job jobs journalists judges judging junior jurors just justice keep keeping key
    kids labor lack land last lastly late lately later law lawmakers laws lawsuits lawyers lead
    leaders leading learn left legal legally legislation legislators less lessons let let's letters
    liberals licences licenses life like likewise little lobbyists local long look looking losses
    lots low lower made mainly make makers making managers mandatory manufacturers many market
    markets material matters maybe meanwhile measures media medical meetings member members
    men mental merchants messages million millions mobile model models modern money months more
    moreover mostly mothers much my national naturally nearly needless negotiations negotiators
    neighbors neighbours neither never nevertheless new news newsrooms next night nine nobody none
    nonetheless normally not note nothing notably now nowhere number numbers nurses observers
    obviously occasionally officers offices official officials often oh oil old once one ones online
    only open openly operators opinion opponents opposition orders ordinary organisations
    organizations original originally others otherwise our out outside over overall owners panels
    paragraph parents part participants parties partners passengers past patients pay people
    perhaps personal petitioners phones photo physicians pilots plaintiffs plans platforms players
    please plenty police policy policymakers politicians politics polls poor possibly power
    practically predictably prices previous previously private pro probably problems producers
    professors profits programs progress projects promises proponents proposals prosecutors
    protesters providers public publication publishers purchases put quarterly questions quite
    rather ratings read readers reading real really recently recent records refugees regardless
    regional regulation regulations regulators related relatives religious remarkably remember
    removal renters repeal reporters reporting reports representatives requests requirements
    research researchers residents respondents responding retailers revenue reviewers right rights
    rising rivals roughly rules russia sales same samples savings say schools science scientists
    scrutiny second secondly security see seen sellers senators senior separately servers services
    settlements seven seventeen several shareholders shares she shoppers short shortly show sign
    signs similar simply since single sites six sixteen sixty skeptics sceptics small so social
    society software soldiers somebody someday someone something sometimes somewhere soon sorry
    sources speaking special specialists specifically spending sponsors staff staffers start
    starting
    startups state statements states statistics still stocks stop strange strangely strong
    students studies subscribers subsequently such suddenly summary supervisors suppliers supporters
    supposedly sure surely surprisingly surveys take taken taken taking talk talks tax taxes
    taxpayers teachers team teams technically technicians technology teenagers telling ten
    tensions terms testers tests thank thankfully thanks that's themselves theoretically there's
    therefore they're thirty thirdly thirteen thousands three thursday time today together tomorrow
    tonight too top total touting toward towards trade traders trading traditionally training
    transcripts translators transparency trials trust trying twelve twenty twice two typically
    ultimately uncertainty underneath understandably unfortunately union unions universities unlike
    until unusually up update users using usually utilities vendors versions very veterans via
    victims videos viewers violations violators visitors voluntary volunteers voters waiting wages
    wait war warnings watch watchdogs ways weapons websites week weeks well whatever whenever
    whereas wherever whether which white whoever whole whose why widely winners winning wireless
    witnesses women won't words work workers working world worse writers writing wrong year years
    yes yesterday yet young your yours zero that
    addressing adding afterwards amid amendments appearing appointed asked based besides born
    briefings calling campaign candidates carrying citing civil claiming clean commissioners
    commentators community compared considering created critically cyber deletion described
    designed detectors drawing driven during earnings education eleven encouragingly energy
    ensuring environmentalists established expect expected exporters fears filings fourteen founded
    fraud gone grand hackers having hence human humans inside insiders instantly joint joining
    known launched listen led magistrates meaning military ministers missing moving named nineteen
    noting nuclear nurses offered opening operating organisers outlets passed pending permanent
    planned pleased pressed privacy proceedings prompted providing publishing pushed quick raised
    receiving regarding relations reached reversing revised rulings running sanctions saying
    scholars sent signed sitting speaking spokespeople spokesperson spread supported synthetic
    technologists thought told traders troops unable unclear under underlying unveiled urged vice
    victory violence voting wanting weather westerners willing worried written
    """
)
"""Words that begin a sentence, and so have a capital without being a name."""

FIELDS = words(
    """
    affairs aid air ai animal appeals appellate archives armed arms art arts artificial aviation
    banking border broadcasting budget business care chemical children civil climate coal commerce
    commodity common communities conduct congressional conservation consumer content counsel crime
    criminal crops cultural culture customs cyber data deceptive defence defense development digital
    disaster disease disputes drug drugs economic economics economy education elections electrical
    electronic electronics emergency employment energy engineering enterprise environment equality
    ethics evaluation exchange exchanges exports export finance fisheries food foods foreign forest
    fraud frontier futures general global healthcare health help heritage highway homeland hospitals
    housing human humanities immigration income indian industrial industry industries infrastructure
    innovation inspection insurance intellectual intelligence interior international internet
    investment investments judicial justice knowledge labor labour land law legal liberties local
    machine machinery management manpower maritime market markets means measures media medicine
    medicines mental military mine minerals model models mortgage museum national natural nuclear
    nuclear nutrition ocean oceanic oil online open operations patent patents payments pensions
    people performance petroleum pilots planning plant police policy population postal power
    prevention pricing privacy private procurement products property protection public quality radio
    railway records recreation refugees regulatory rehabilitation relations research resources
    responsibility retirement revenue rights rural safe safety schools science sciences secure
    securities security settlement services shipping small social software soldier space speech
    sport sports standards state statistics strategic supply sustainability sustainable taxation
    tax technical technologies technology telecom telecommunications telephone terrorism tourism
    trade trademark trademarks training transport transportation treasury urban veterans vehicle
    violence voting wage waste water weather welfare wildlife women work workforce works world youth
    democratic liberal conservative progressive socialist communist christian civic returned
    emerging meaningful strategy standard trademark budget management humanitarian work families
    ict drugs firearms alcohol tobacco explosives mail globe authenticity provenance acceptable
    freedom
    information origin integrity access use enforcement consumers farmers teachers nurses
    """
)
"""What bodies and laws are about: words that "and" may join within a name."""

_ABSTRACT = (
    "tion", "tions", "ity", "ment", "ments", "ance", "ence", "ness", "ics", "ture", "ology",
    "ship", "ing", "ism", "graphy", "ation",
)  # fmt: skip

POSSESSORS = phrases(
    "children's; commissioner's; people's; women's; men's; general's; reporters'; teachers'; "
    "workers'; ministers'; veterans'; veteran's; farmers'; writers'; governors'; consumers'; "
    "students'; nurses'; doctors'; citizens'; king's; queen's; world's; mayor's; america's; "
    "prosecutor's; director's; president's; employees'; investors'; journalists'; parents'; "
    "lawyers'; publishers'; authors'; patients'; sheriff's; child's; user's; users'; master's"
)
"""Possessives that a name may hold ("Children's Online Privacy Protection Act")."""


def is_field(word: str) -> bool:
    """Whether a word, in lower case, may be what a body or a law is about."""
    return word in FIELDS or (len(word) > 5 and word.endswith(_ABSTRACT))
