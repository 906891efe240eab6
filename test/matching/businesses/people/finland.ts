import { list, shops, type Locale } from './locale.ts'

export const finland: Locale = {
  country: 'FI',
  currency: 'EUR',
  languages: ['fi'],
  dates: 'd.m.y',
  first: list(
    'Aino,Helmi,Päivi,Marja-Leena,Sari,Tuula,Kaisa,Outi,Minna,Pirjo,Eeva,Ritva,Hanna,Satu,Tarja,Anneli,Sirpa,Johanna,Matti,Juhani,Pekka,Antti,Väinö,Ilkka,Heikki,Timo,Kalevi,Seppo,Jyrki,Olli,Hannu,Esa,Tapio,Veikko,Mikko,Jari,Lasse,Åsa,Göran,Jukka-Pekka,Tero,Ville',
  ),
  last: list(
    'Korhonen,Virtanen,Mäkinen,Nieminen,Mäkelä,Hämäläinen,Laine,Heikkinen,Koskinen,Järvinen,Lehtonen,Lehtinen,Saarinen,Salminen,Heinonen,Niemi,Heikkilä,Salonen,Kinnunen,Turunen,Salo,Laitinen,Tuominen,Rantanen,Karjalainen,Jokinen,Mattila,Savolainen,Lahtinen,Ahonen,Ojala,Sjöblom,Lindfors,Wikström,Pulkkinen,Hiltunen,Väisänen,Kettunen,Räsänen,Anttila',
  ),
  lastStarts: list('Koivu,Mänty,Ranta,Järvi,Kivi,Mäki,Lampi,Suo,Halla,Metsä,Pelto,Vuori,Kangas,Harju,Hauki,Lehto'),
  lastEnds: list('nen,la,niemi,mäki,lahti,saari,ranta,oja,aho,vaara,koski,joki'),
  roots: list(
    'Pohjan,Sisu,Karhu,Lumi,Kuu,Järvi,Satama,Tähti,Hopea,Kanta,Etelä,Suomen,Saimaan,Revon,Halla,Kajo,Ilves,Tuuli,Metsä,Rauta,Valo,Vanaja,Kyrö',
  ),
  tails: list(
    'tekniikka,rakennus,palvelut,talo,kuljetus,tukku,myynti,kone,data,huolto,sähkö,kaluste,ruoka,paino,lasi,marine,invest,kauppa',
  ),
  trades: list(
    'Rakennus,Kuljetus,Sähkö,Putki,Tilitoimisto,Kiinteistöt,Huolto,Konepaja,Leipomo,Kahvila,Maalaus,Siivous,Puutarha,Autokorjaamo,Tukku,Hammaslääkärit,Konsultointi,Kalusteet,Kone ja Terä,Ravintola,Kala,Saneeraus,LVI',
  ),
  forms: ['Oy', 'Oy', 'Oy', 'Oy', 'Oyj', 'Ky', 'Tmi', 'Ab Oy'],
  formFirst: false,
  and: 'ja',
  sons: 'Pojat',
  cities: list(
    'Helsinki,Espoo,Tampere,Vantaa,Oulu,Turku,Jyväskylä,Lahti,Kuopio,Pori,Vaasa,Rovaniemi,Mikkeli,Hämeenlinna,Porvoo,Seinäjoki',
  ),
  streets: list(
    'Mannerheimintie,Kauppakatu,Teollisuustie,Koulukatu,Rantatie,Hämeentie,Kirkkokatu,Mäkitie,Satamakatu,Puistokatu',
  ),
  shops: shops(`
    K-Market|K-MARKET {CITY}|8|140
    Prisma|PRISMA {CITY}|10|220
    Neste polttoaine|NESTE {CITY} {NR}|30|140
    Motonet|MOTONET {CITY}|9|320
    Clas Ohlson|CLAS OHLSON {CITY}|7|180
    VR matkalippu|VR-YHTYMA OYJ|12|90
    Toimistotarvikkeet|STAPLES FINLAND|15|280
    Verkkokauppa.com|VERKKOKAUPPA.COM OYJ|19|1490
    Pysäköinti|EASYPARK OY|2|28
    Kahvit asiakas|ZETTLE_*PULLAPUOTI|6|34
    Lounas|SQ *LOUNAS SATAMA|11|96
    K-Rauta|K-RAUTA {CITY}|12|890
    Taksi|TAKSI HELSINKI OY|14|72
    Finnair|FINNAIR OYJ VANTAA|89|620
    Posti|POSTI OY {NR}|3|90`),
  taxOffice: { book: 'Verohallinto', bank: 'VEROHALLINTO' },
  taxes: list('Ennakonpidätys,Työnantajan sairausvakuutusmaksu,Arvonlisävero,Ennakkovero,Kiinteistövero'),
  pensions: list('Ilmarinen,Varma Eläkevakuutus,Elo Eläke,Veritas Eläkevakuutus'),
  utilities: list(
    'Elisa Oyj,DNA Oyj,Telia Finland Oyj,Helen Oy,Fortum Markets,Caruna Oy,Visma Solutions,HSY Vesihuolto',
  ),
  insurers: list('LähiTapiola,Pohjola Vakuutus,Fennia,If Vahinkovakuutus'),
  lenders: list('OP Yrityspankki Oyj,Finnvera Oyj,Nordea Rahoitus Suomi,Danske Finance'),
  publicBodies: list(
    'Helsingin kaupunki,Oulun kaupunki,Väylävirasto,Kela,Tampereen yliopisto,Pirkanmaan hyvinvointialue,Senaatti-kiinteistöt',
  ),
}
