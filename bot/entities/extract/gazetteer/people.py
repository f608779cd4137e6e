"""What marks a person: first names, titles, particles, and the verbs that people do."""

from bot.entities.extract.gazetteer import words
from bot.entities.namesakes import FIRST_NAMES

GIVEN = FIRST_NAMES | words(
    """
    abdullah abhishek abigael ada adaeze adebayo adriana agnes agnieszka ahmad aisha aiko akira
    aleksandr alejandra aleksandra alexei alfonso alfred aliyah aline alma alvaro amara amina amir
    amit amrita anders andreas andrei andrzej anh anika anil anita anjali anneke ansel antoine anton
    antonia antonio anya aoife arash ari ariane ariel arjun armando arnaud arne arturo arvind asha
    ashok astrid atsuko augusta aurelio axel ayesha aylin babajide bartosz beatriz bela benedict
    benoit bente bernd bertrand bianca bill birgit bjorn bob bogdan boyan branko brendan bridget
    briony britta bronwyn bruna camila camille carina carlo carsten catalina cathal cecilia celine
    cesar chen chidi chiara chinedu chloe ciara claire clara clarence clay clemence clement clive
    connor conor constance cora corinne cornelia cory cristina cyril dag dagmar daisuke damian
    daniele daria dario dave dawn deb debbie declan dedan deepak delphine denise dennis desmond
    dieter dimitri dina dirk divya dmitry dolores domenico dong dorian doron dov drew duncan dustin
    ebony edgar edmund eduardo efua eitan ekaterina eleanor elif elin elise elke ellie eloise elsa
    emeka emilia emilio emmanuel enrico enrique eric erika ernest ernesto esther eunice ezra fabio
    fabrice farah farhan fatima fatou federica federico felicity fergus ferdinand filip finn florian
    florin fran francois frank franz fred freya frida fritz fumio gabriela gael galina garth gaurav
    gavin geert genevieve georg georgia gerard gerhard gianni giorgio giulia giuseppe gloria gonzalo
    graham greta guido guillaume gunnar gunther gwen gwendolyn hakan hamza hana hans harish hasan
    haruki heidi heinrich hela helga helmut hendrik henna henrik hideo hina hiroshi hollis horst
    hua hubert ibrahima ida ignacio ilona ilse imani imogen imran inga ingrid inigo ines ioana irina
    iris irma ishaan ismail itzel ivo jacek jack jackie jackson jada jan jana janelle jasmine
    jaspreet
    javid jay jean jeanette jelena jenna jens jeremiah jerzy jiho jin jo joachim joao joaquin jochen
    jodi joelle jolanta jonah jonas joon joost joris josef josefina josephine joshua josie josip joy
    juana juergen juliana juliet jun jung junichi juri jurgen kaito kamal kamala kanye karin karina
    karla karol karsten kasia katarina katarzyna kathrin katja katrina kavita kazuo keiko keir kemi
    kenji kerstin kiran kirsten klaus kofi kostas kris krishna kristin kristina krzysztof kwame
    lachlan lakshmi lana lars latoya laurel laurent lea leigh lena lenore leonardo leonie leopold
    lev liam lidia liesel lina lindiwe linh lior lise liz lizzie loic lola lorenzo lorraine lotte
    louisa luca lucia luciana lucille lucius ludwig luigi luisa lukas lutz lyle maartje mads mae
    magda magdalena magnus mahmoud mai maja majid malala malik manfred manish manuel manuela marc
    marcel marcela marcelo marek margarita margot margrethe mariam mariana marianne marija marina
    marisol marit marjan markus marlene marta mateo mathias mathieu matteo matthias matthieu
    mauricio mauro max maximilian maya mayra meera mei melanie melita melody meredith mette mia
    micah michal michele mikhail milan milena milica min minh mira mireille miriam mirko mitch
    mohan mohit moira moises monika moritz moses musa nabil nadia nadine nalini nandini nasser nate
    natalya neha nelson nia nicola nicolas nicole nicolo niels niklas nikolai nikolaos nikos nils
    nina nisha noam noemi nora noriko nuno obinna ola olaf ole oleg oleksandr olena olga olivier
    olumide oluwaseun omer orla oskar osman otto ottoline pablo padma paige palle paloma paolo
    pascal patrice patrick patrik pauline pavel pedro per percival petra philippa philippe pia
    pierre pilar pim piotr piers preston prakash pranav pratik prem preeti priscilla quentin quinn
    rafael rafaela raghav rahul rajan ralf rama ramesh ramon rana rania rashid raul ravi reema reina
    rene renata renate reza rhys ria ricarda riccardo rina rishi rizwan rob robbie rocio rodolfo
    rodrigo rohan rolf romain roman rosalind rosario rosemary rowan roxanne ruben rudolf rupert
    ruslan sabine sabrina saeed sakura salma salvador samir samira sana sandeep sander sandrine
    sandro sanna santiago sasha satoshi satya savannah selim selma seo serge sergey sergio severin
    shane shari sharmila sharmistha shawna shelley shinzo shira shirin shreya shruti sibusiso
    siddharth sidney sigrid silas silvia simone sina siobhan siv sloane sofie solveig sonia sonja
    soren sri stacey stefan stefania stefano stein stella sten sterling stijn sujata sunil sunita
    suresh susana svetlana sven svend tadeusz taina takeshi tamar tanja tanya tariq tatiana tatyana
    tejal terrence tessa thea theo theresa thierry thilo thorsten tiago tina tobias tomas tomasz
    toni torsten tove trevor tricia tristan trudy tuan tushar ulf ulla ulrich umar ursula ute uwe
    vaclav valentina valentin valeria vandana vasily vera verena vicente vijay vikram viktor vinay
    vincenzo viola virgil virginie vito vivek vladislav volker wade wai waltraud wanjiru wanyama
    wayne wei wendell werner wes wiktor wilfried wilhelm willem willie winifred winston wiremu
    wladyslaw wolfgang xavier xi xiao yael yan yana yang yannick yara yasmin yasmine yaw yi yoko
    yolanda yoon yoshiko yuan yuki yukiko yulia yuri yusef yves yvette zainab zara zbigniew zeynep
    zofia zoltan zuzana beth brooke chad chuck clarissa curtis dale darrell dominique donovan dwight
    earl elise ernie floyd gene gerry gladys glen harriet harrison ike irving jasper jed jenn
    jeremias jerrod joyce june keisha kirk kurtis lamar lance leroy lester lionel lonnie luther lyn
    mabel mae marla marsha marshall marty maxine mel mercedes merle millie milton mindy minnie
    mitchell mona morgan myra myron nadine neal nell nettie nick nicky nikki norma olive orville
    otis pat patsy patty pearl phoebe rene rex rhonda rosalie ross rufus ruby sadie sonya spencer
    stewart sue tanisha tasha terri terry tess thelma thurman tonya trent troy ty valerie vaughn
    velma verna viola wallace wanda wilbur willa willis wilma
    """
)
"""First names of many languages; some are words besides, so that one alone proves nothing."""

AMBIGUOUS_GIVEN = words("bill mark will grace hope faith rose art dawn max joy sue pat chance drew")
"""First names that begin sentences as common words too."""

# --- Titles that stand before a name, with or without the field that they are of.

TITLES = words(
    """
    mr mrs ms mx miss dr sir lord lady dame baroness baron viscount prof professor president
    vice-president secretary undersecretary senator sen sens representative rep reps congressman
    congresswoman delegate assemblyman assemblywoman assemblymember governor gov lt lieutenant mayor
    minister premier chancellor judge justice magistrate chair chairman chairwoman chairperson
    commissioner director director-general general gen maj brig major admiral adm vice-admiral
    colonel col captain capt sgt sergeant commander cmdr officer chief ceo cto coo cfo executive
    founder co-founder cofounder king queen prince princess duke duchess pope cardinal archbishop
    bishop rev reverend rabbi imam father sister ambassador attorney counsel spokesman spokeswoman
    spokesperson speaker leader whip councillor councilman councilwoman councilmember alderman
    treasurer comptroller auditor sheriff superintendent administrator envoy czar tsar mp mps mep
    meps md adviser advisor analyst economist lawyer advocate solicitor barrister researcher
    scientist engineer author journalist reporter editor columnist correspondent historian professor
    lecturer scholar fellow manager partner owner investor entrepreneur billionaire activist
    supervisor selectman coroner alderwoman councilor campaigner boss head deputy democrat
    republican independent conservative liberal counsellor
    inspector ombudsman regulator prosecutor sponsor lawmaker politician candidate
    """
)
"""Words that make what follows a person, alone or at the end of a longer title."""

QUALIFIERS = words(
    """
    former ex acting interim deputy vice associate assistant under first second senior lead chief
    prime foreign home interior finance defence defense justice health education trade commerce
    treasury labor labour energy environment agriculture transport transportation industry digital
    technology science privacy information security national homeland state attorney solicitor
    surgeon general managing executive operating financial technical medical scientific legal policy
    federal district circuit appeals appellate supreme u.s us british french german chinese
    japanese european eu uk american indian canadian australian russian israeli ukrainian
    republican democratic labour conservative liberal lt maj brig shadow cabinet house senate
    majority minority committee chief press human internal single market competition culture
    housing veterans business economy economic development permanent parliamentary crown lord lady
    veteran retired right hon honorable honourable the then then-president late incoming outgoing
    longtime budget climate water communications telecommunications immigration innovation ai
    space air force army navy marine police fire county city town village board election
    """
)
"""Words that stand before a title within it ("Deputy Commerce Secretary")."""

BUSINESS_TITLES = words(
    "ceo cto coo cfo chief founder co-founder cofounder chairman chairwoman president boss owner "
    "executive head director spokesman spokeswoman spokesperson vice lawyer attorney adviser "
    "analyst researcher engineer managing senior general md"
)
"""Titles before which a name is the employer's ("Acme CEO Jane Roe")."""

FORMAL = words("mr mrs ms mx miss dr sir lord lady dame prof rev hon sen rep gov gen col capt")

PARTICLES = words(
    "van von der den de del della di da dos du la le bin ibn ben al el abu ter ten zu y san st "
    "af av"
)
SUFFIXES = words("jr sr ii iii iv")

SAYING = words(
    """
    said says say told tells wrote writes added adds argued argues warned warns asked asks called
    calls replied replies noted notes testified testifies explained explains insisted insists
    acknowledged admitted admits announced announces tweeted posted recalled recalls conceded
    countered joked urged urges vowed vows pledged voted praised criticized criticised described
    describes predicted predicts suggested suggests believes thinks declined
    """
)

ROLE_NOUNS = TITLES | words(
    """
    secretary-general vice-president co-chair chairs heads leads directs runs teaches studies
    represents president director chief professor mother father widow son daughter brother sister
    student teacher nurse doctor physicist roboticist lawyer adviser counsel peer lord scholar
    official minister diplomat soldier officer founder chairman chair sponsor member man woman
    producer comedian actor singer
    coordinator strategist technologist linguist ethicist philosopher writer host anchor
    """
)
"""Words in an apposition that say what a person is or does."""
