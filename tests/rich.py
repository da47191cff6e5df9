"""A small workspace that uses every field once, in three languages: what documents are pictured from.

Only `brand.font` is left out, because what it names is on one machine and not on the next.
"""

from pitchgen import shipped
from pitchgen.language import FACTS

COMPANY = """\
schema_version: 1
name: Polkupaja Oy
language: fi
languages: [fi, en, sv]
country: FI
time_zone: Europe/Helsinki
arrival:
  time: 9.00
  place: {fi: Pajakatu 3, en: 3 Workshop Street, sv: Verkstadsgatan 3}
  ask_for: {fi: tiski, en: the counter, sv: disken}
newcomer: {fi: pajalainen, en: one of the workshop, sv: en av verkstaden}
strategy:
  name: {fi: Pyörät liikkeessä, en: Wheels in motion, sv: Hjulen rullar}
  aim: {fi: Joka pyörä palaa ajoon samana päivänä., en: Every bike is back on the road the same day.,
    sv: År 2028 är varje cykel tillbaka på vägen redan samma dag.}
  growth: {fi: Nopea huolto tuo naapurinkin meille., en: Quick repairs bring in the neighbours.,
    sv: Snabb service lockar hit grannen också.}
  vision: {fi: Kukaan ei työnnä pyörää kotiin., en: Nobody walks a bike home., sv: Ingen leder hem sin cykel.}
  valid_from: 2026-01-01
  valid_to: 2028-12-31
  goals:
    - {id: sama-paiva, text: {fi: Valmista samana päivänä., en: Done the same day., sv: Klart samma dag.}}
promise:
  text: {fi: Et jää tien varteen yksin., en: You are never stranded alone., sv: Du blir aldrig stående ensam.}
  proofs: [{fi: 92 % valmistuu päivässä., en: 92% are done in a day., sv: 92 % blir klara på en dag.}]
story:
  summary: {fi: Aloitimme autotallista., en: We began in a garage., sv: Vi började i ett garage.}
  origin: {fi: Vuonna 2009 lainasimme pumpun., en: In 2009 we lent a pump., sv: 2009 lånade vi ut en pump.}
  turning_point: {fi: Sitten tuli talvi., en: Then came winter., sv: Sedan kom vintern.}
  today: {fi: Nyt meitä on yhdeksän., en: Now we are nine., sv: Nu är vi nio.}
  invitation: {fi: Seuraava käänne on sinun., en: The next turn is yours., sv: Nästa sväng är din.}
brand:
  tone: informal
  color: "#0B4F5C"
  accent: "#B8501A"
  logo: logo.svg
  paper: a4
  avoid_words: {fi: [synergi*], en: [synerg*], sv: [synergi*]}
values:
  - id: suora-puhe
    name: {fi: Suora puhe, en: Straight talk, sv: Rak kommunikation}
    strategy_goal: sama-paiva
    behaviors:
      - id: hinta-ensin
        text: {fi: Sanomme hinnan ennen työtä., en: We name the price first., sv: Vi säger priset först.}
        instead_of: {fi: yllätys kassalla, en: a surprise at the till, sv: en överraskning i kassan}
        non_negotiable: true
rewards:
  - id: lenkki
    kind: time
    text: {fi: lenkki työajalla, en: a ride on company time, sv: en tur på arbetstid}
    for:
      - behavior: hinta-ensin
        evidence: {fi: Hinta oli lapussa., en: The tag had a price., sv: Priset stod på lappen.}
    not_for: {fi: Ei ylitöistä., en: Not for overtime., sv: Inte för övertid.}
    suits: [ulkoilu]
    evidence: {fi: Asiakas kiitti hinnasta., en: A customer praised it., sv: Kunden tackade för priset.}
    beneficiary: customer
commitments:
  - text: {fi: Annamme sinulle työkalut., en: We give you your tools., sv: Vi ger dig dina verktyg.}
    when: day 1
    place: {fi: työkaluvarasto, en: the tool room, sv: verktygsrummet}
checks:
  severities: {pitch-length: warning}
  limits:
    similarity: 0.6
    first_priority_personas: 5
    goals_at_once: 5
    review_days: 365
    strategy_ends_days: 90
    shortest_pitch: 60
    longest_pitch: 90
"""
JOURNEY = """\
phases:
  - {id: huolto, name: {fi: Huolto, en: Repair, sv: Service}}
touchpoints:
  - id: tiski
    name: {fi: Pyörä tiskille, en: Handing in the bike, sv: Inlämning av cykeln}
    phase: huolto
    place: threshold
    channel: {fi: myymälässä, en: in the shop, sv: i butiken}
    partners: [{fi: Rengastukku, en: The tyre wholesaler, sv: Däckgrossisten}]
    risk: {fi: Asiakas ei saa noutoaikaa., en: No pick-up time is given., sv: Ingen hämtningstid sägs.}
    recovery: {fi: Soita tunnin sisällä., en: Call within the hour., sv: Ring inom en timme.}
    tools: [{fi: huoltokortti, en: the repair card, sv: servicekortet}]
  - id: nouto
    name: {fi: Nouto, en: Pick-up, sv: Hämtning}
    phase: huolto
"""
METRICS = """\
metrics:
  - id: nps
    name: NPS
    kind: nps
    direction: up
    baseline: {value: 41, as_of: 2025-12-31, n: 600}
    latest: {value: 44, as_of: 2026-09-30, n: 590}
    target: {value: 50, by: 2027-12-31}
    source: customer
    how: {fi: Kysymme noudossa., en: We ask at pick-up., sv: Vi frågar vid hämtningen.}
    cadence: {fi: joka kuukausi, en: every month, sv: varje månad}
    owner: {fi: Huoltoneuvoja, en: Service adviser, sv: Servicerådgivare}
    note: {fi: Katso suuntaa., en: Watch the trend., sv: Följ trenden.}
    from:
      file: data/vastaukset-*.xlsx
      columns: {answered: Vastattu}
      filter: {Paikka: Tiski}
      leave_out: {Asiakas: koe*}
      counts: {Arvosana: "10"}
      period: quarter
      since: 2025-10-01
      over: year
      currency: EUR
      scale: 0-10
      unit: days
      restricted_to: 60
      dates: day-first
      decimals: comma
      sheet: Vastaukset
      heading_row: 3
      skip: 1
      hidden: leave out
      least_answers: 30
    history:
      - {value: 41, as_of: 2025-12-31, n: 600, margin: 5.6}
      - {value: 40, as_of: 2026-03-31, n: 580}
      - {value: 12, as_of: 2026-06-30, n: 29, margin: 30}
      - {value: 44, as_of: 2026-09-30, n: 590, margin: 5.7}
  - id: saman-paivan
    name: {fi: Samana päivänä valmiit, en: Done the same day, sv: Klara samma dag}
    kind: ratio
    unit: "%"
    baseline: {value: 88}
    from: {database: env:HUOLTO, query: data/valmiit.sql}
  - id: arvo
    name: {fi: Asiakkaan arvo, en: What a customer is worth, sv: Kundens värde}
    kind: clv
    unit: €
    latest: {value: 1200}
    from: {billing: saman-paivan, retention: saman-paivan, margin: 30, interest: 10}
"""
RUSHER = """\
label: {fi: Kiirehtijä, en: Rusher, sv: Den snabba}
summary: {fi: Ajaa töihin joka aamu., en: Rides to work every morning., sv: Cyklar till jobbet varje morgon.}
priority: 1
picture: kuvat/kiirehtija.svg
as_a_person: {fi: Kaksi lasta ja yksi pyörä., en: Two children and one bike., sv: Två barn och en cykel.}
quote: {fi: Milloin saan sen takaisin?, en: When do I get it back?, sv: När får jag tillbaka den?}
evidence: {level: interviews, source: {fi: 8 haastattelua, en: 8 interviews, sv: 8 samtal}, as_of: 2026-04-17}
owner: {fi: Huoltoneuvoja, en: Service adviser, sv: Servicerådgivare}
reviewed_on: 2026-09-15
recognize: [{fi: Kypärä päässä tiskillä., en: Keeps the helmet on., sv: Behåller hjälmen på.}]
their_words: [{fi: Ehtiikö neljäksi?, en: By four o’clock?, sv: Hinner ni till fyra?}]
signature_moment: {fi: Pyörä odottaa jo ulkona., en: The bike is outside already., sv: Cykeln är redan ute.}
needs:
  - id: heti
    text: {fi: Haluan pyörän tänään., en: I want my bike today., sv: Jag vill ha cykeln i dag.}
    response: {fi: Lupaamme kellonajan., en: We promise a time., sv: Vi lovar ett klockslag.}
    value_to_us: {fi: Hän palaa keväällä., en: They return in spring., sv: De återkommer i vår.}
    conflicts_with: [huolellinen/kaikki]
    plays:
      know: [{fi: Hänellä on kiire., en: They are in a hurry., sv: De har bråttom.}]
      say: [{fi: Valmis kello 16., en: Ready at four., sv: Klar klockan 16.}]
      show: [{fi: Näytä jono., en: Show the queue., sv: Visa kön.}]
      do: [{fi: Korjaa vain vika., en: Mend only the fault., sv: Laga bara felet.}]
    assumed: true
questions: [{fi: Minne matka?, en: Where to?, sv: Vart ska du?}]
objections:
  - text: {fi: Jonossa kuluu päivä., en: The queue takes a day., sv: Kön tar hela dagen.}
    answer: {fi: Saat ajan jo jonossa., en: You get a time in the queue., sv: Du får en tid redan i kön.}
    proof: {fi: Eilen kaikki saivat., en: Yesterday everybody did., sv: I går fick alla det.}
buying:
  trigger: {fi: Ketju katkesi., en: The chain broke., sv: Kedjan gick av.}
  success: {fi: Aamu ilman bussia., en: A morning without the bus., sv: En morgon utan buss.}
  barriers: [{fi: Jono, en: The queue, sv: Kön}]
  criteria: [{fi: Noutoaika, en: Pick-up time, sv: Hämtningstid}]
  journey: [{fi: Päättää itse., en: Decides alone., sv: Bestämmer själv.}]
connect:
  opening: {fi: Mihin olet menossa?, en: Where are you off to?, sv: Vart är du på väg?}
  do: [{fi: Puhu lyhyesti., en: Be brief., sv: Fatta dig kort.}]
  avoid: [{fi: Älä luennoi., en: No lectures., sv: Föreläs inte.}]
moments:
  - touchpoint: tiski
    expects: {fi: kellonajan heti, en: a time at once, sv: ett klockslag genast}
    feels: -1
    do: {fi: Sano aika ensin., en: Give the time first., sv: Säg tiden först.}
    never: {fi: Älä sano ehkä., en: Never say perhaps., sv: Säg aldrig kanske.}
    recover: {fi: Tarjoa lainapyörä., en: Offer a loan bike., sv: Erbjud en lånecykel.}
    assumed: true
skips: [nouto]
lost_because: [{fi: Noutoaika petti., en: The time was missed., sv: Tiden höll inte.}]
leaving_signs: [{fi: Hän ei enää kysy., en: They stop asking., sv: De slutar fråga.}]
example: false
background: [{label: {fi: Matka, en: Commute, sv: Väg}, text: {fi: 11 km, en: 11 km, sv: 11 km}}]
"""
CAREFUL = """\
label: {fi: Huolellinen, en: Careful Owner, sv: Den noggranna}
summary: {fi: Huoltaa pyörän ennen kautta., en: Services the bike in good time., sv: Servar cykeln i god tid.}
needs:
  - {id: kaikki, text: {fi: Käykää kaikki läpi., en: Go through everything., sv: Gå igenom allt.}}
"""
ADVISER = """\
id: neuvoja
title: {fi: Huoltoneuvoja, en: Service adviser, sv: Servicerådgivare}
purpose: {fi: Kerrot asiakkaalle hinnan ja ajan., en: You tell customers the price and the time.,
  sv: Du säger priset och tiden till kunden.}
part:
  why: {fi: Sinut asiakas tapaa ensin., en: You are whom customers meet first., sv: Dig möter kunden först.}
  how: {fi: Sanot noutoajan ennen kuin hän kysyy., en: You name the time before they ask.,
    sv: Du säger tiden innan kunden frågar.}
serves: {personas: [kiirehtija, huolellinen], roles: [varasto]}
exciting: {fi: Joka pyörällä on tarina., en: Every bike has a story., sv: Varje cykel har en historia.}
ideal:
  text: {fi: Kuuntelet ennen kuin korjaat., en: You listen before you mend., sv: Du lyssnar innan du lagar.}
  strategy_goal: sama-paiva
owns: [tiski]
helps_at: [nouto]
outcomes: [{fi: Jokainen tietää noutoaikansa., en: Everybody knows their time., sv: Alla vet sin tid.}]
decides: [{fi: hyvitys 50 euroon asti, en: credits up to 50 euros, sv: rabatt upp till 50 euro}]
tools: [{fi: huoltokortti, en: the repair card, sv: servicekortet}, {fi: puhelin, en: a phone, sv: telefon}]
behaviors: [hinta-ensin]
commitments:
  - text: {fi: Saat oman tiskin., en: You get a desk of your own., sv: Du får en egen disk.}
    when: {fi: joka aamu, en: every morning, sv: varje morgon}
goals:
  - text: {fi: Asiakkaat suosittelevat meitä., en: Customers recommend us., sv: Kunderna rekommenderar oss.}
    metric: nps
    target: 48
    day: 180
  - {text: {fi: Lupaus pitää., en: The time holds., sv: Tiden håller.}, metric: saman-paivan, target: 95}
  - {text: {fi: Jono on ohi kello 9., en: No queue after nine., sv: Ingen kö efter nio.}}
first_days:
  - day: 1
    text: {fi: Tapaat pajan väen., en: You meet the workshop., sv: Du möter verkstaden.}
    place: {fi: kahvihuone, en: the coffee room, sv: kafferummet}
"""
STOREKEEPER = """\
title: {fi: Varastonhoitaja, en: Storekeeper, sv: Lagerskötare}
purpose: {fi: Pidät osat hyllyssä., en: You keep the parts in stock., sv: Du håller delarna i lager.}
part:
  why: {fi: Ilman osaa pyörä seisoo., en: Without the part the bike stands., sv: Utan delen står cykeln.}
  how: {fi: Tilaat ennen kuin loppuu., en: You order in time., sv: Du beställer i tid.}
serves: {roles: [neuvoja]}
example: false
"""
MANAGER = """\
id: elsa
name: Elsa Lindström
title: {fi: Pajan vetäjä, en: Head of the workshop, sv: Verkstadschef}
email: elsa.lindstrom@polkupaja.example
phone: +358 40 000 0000
arrival:
  ask_for: Elsa Lindström
example: false
commitments:
  - text: {fi: Syön kanssasi lounaan., en: I’ll have lunch with you., sv: Jag äter lunch med dig.}
    when: 2026-12-04
"""
NEWCOMER = """\
id: ilona
name: Ilona Äijälä
called: Ilo
email: ilona.aijala@polkupaja.example
role: neuvoja
language: fi
starts_on: 2026-12-01
manager: elsa
buddy: Santeri Öhman
arrival:
  time: 9:30
why_you: {fi: Kysyit ensin pyörästä., en: You asked about the bike first., sv: Du frågade om cykeln först.}
needs: [{fi: Rauhallinen aamu., en: A calm morning., sv: En lugn morgon.}]
likes: [ulkoilu]
example: false
link_to_story: {fi: Korjasit ensin oman pyöräsi., en: You mended your own bike first.,
  sv: Du lagade din egen cykel först.}
personas: [kiirehtija, huolellinen]
goals:
  - text: {fi: Opit joka vaihteen., en: You learn every gear., sv: Du lär dig varje växel.}
    metric: nps
    target: 46
    due: 2027-03-31
"""
# Told all in words of their own, and an example, so that documents are those of the other.
REWORDED = """\
name: Onni Salo
role: varasto
pitch:
  greeting: {fi: Hei taas Onni!, en: Hello again Onni!, sv: Hej igen Onni!}
  opening: {fi: Pyörä kulkee., en: The bike rolls on., sv: Cykeln rullar.}
  promise: {fi: Et jää yksin., en: You are not left alone., sv: Du blir inte ensam.}
  part: {fi: Ilman sinua ei kulje., en: Without you it would not., sv: Utan dig går det inte.}
  tools: {fi: 'Ota nämä:', en: 'Take these:', sv: 'Ta med de här:'}
  playbook: {fi: Kirja on hyllyssä., en: The book is on the shelf., sv: Boken står i hyllan.}
  role: {fi: Hylly on sinun., en: The shelf is yours., sv: Hyllan är din.}
  goals: {fi: Hylly pysyy täynnä., en: The shelf stays full., sv: Hyllan är alltid full.}
  story: {fi: Olit täällä jo kesällä., en: You were here last summer., sv: Du var här i somras.}
  thanks: {fi: Saat lenkin., en: You get a ride., sv: Du får en tur.}
  help: {fi: Olen vieressä., en: I am next door., sv: Jag finns intill.}
  closing: {fi: Nähdään hyllyllä., en: See you at the shelf., sv: Vi ses vid hyllan.}
example: true
"""
PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="5" cy="5" r="4" fill="#777"/></svg>
"""
LOGO = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20">
  <circle cx="10" cy="10" r="8" fill="#0B4F5C"/><circle cx="30" cy="10" r="8" fill="#B8501A"/>
</svg>
"""
# Customers, in every form as it usually is.
_FORMS = {code: list(shipped.language_data(code, FACTS)["terms"]["customer"]) for code in ("fi", "en", "sv")}
TERMS = "terms:\n  customer:\n" + "".join(
    f"    {code}:\n" + "".join(f"      {form}: {form}\n" for form in forms) for code, forms in _FORMS.items()
)
RICH = {
    "company.yaml": COMPANY + TERMS,
    "journey.yaml": JOURNEY,
    "metrics.yaml": METRICS,
    "personas/kiirehtija.yaml": RUSHER,
    "personas/huolellinen.yaml": CAREFUL,
    "roles/neuvoja.yaml": ADVISER,
    "roles/varasto.yaml": STOREKEEPER,
    "managers/elsa.yaml": MANAGER,
    "hires/ilona.yaml": NEWCOMER,
    "hires/onni.yaml": REWORDED,
    "logo.svg": LOGO,
    "kuvat/kiirehtija.svg": PICTURE,
}
