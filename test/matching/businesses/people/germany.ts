import { list, shops, type Locale } from './locale.ts'

export const germany: Locale = {
  country: 'DE',
  currency: 'EUR',
  languages: ['de'],
  dates: 'd.m.y',
  first: list(
    'Ursula,Monika,Jürgen,Käthe,Sabine,Heike,Ute,Anke,Silke,Birgit,Annegret,Hannelore,Lena,Mia,Gisela,Renate,Klaus,Wolfgang,Dieter,Günther,Uwe,Jörg,Heinz,Karl-Heinz,Hans-Peter,Thorsten,Björn,Matthias,Holger,Rüdiger,Stefan,Detlef,Lukas,Finn,Ayşe,Mustafa,Olga,Dmitri,Sönke,Eberhard,Jörn,Volker',
  ),
  last: list(
    'Müller,Schmidt,Schneider,Fischer,Weber,Meyer,Wagner,Becker,Schulz,Hoffmann,Schäfer,Koch,Bauer,Richter,Klein,Wolf,Schröder,Neumann,Schwarz,Zimmermann,Braun,Krüger,Hofmann,Hartmann,Lange,Schmitt,Werner,Krause,Meier,Lehmann,Köhler,Maier,König,Kaiser,Fuchs,Peters,Jung,Möller,Weiß,Großmann,Yıldız,Kowalczyk,von Thun,Böhm,Kühn,Vogt',
  ),
  lastStarts: list('Ober,Nieder,Stein,Eich,Birken,Hohen,Schön,Wald,Grün,Reichen,Eisen,Lauter,Kirch,Neu'),
  lastEnds: list('mann,bauer,hofer,feld,bach,berger,meier,hammer,wald,huber,müller,stein,maier'),
  roots: list(
    'Rhein,Elbe,Hansa,Nord,Süd,Isar,Eifel,Harz,Allgäu,Main,Saale,Tauber,Donau,Alt,Neu,Stern,Adler,Kron,Berg,Fuchs,Lüne,Spree,Werra,Schwarz',
  ),
  tails: list(
    'bau,technik,handel,werk,logistik,service,tec,plan,haus,med,druck,holz,metall,consult,media,energie,pflege,soft',
  ),
  trades: list(
    'Elektrotechnik,Heizungsbau,Steuerberatung,Spedition,Malerbetrieb,Dachdecker,Sanitär,Immobilien,Gebäudereinigung,Großhandel,Bäckerei,Autohaus,Zahnarztpraxis,Garten- und Landschaftsbau,Tischlerei,Gaststätte,Druckerei,Rechtsanwälte,Maschinenbau,Ingenieurbüro,Metzgerei,Fliesen,Baustoffe',
  ),
  forms: [
    'GmbH',
    'GmbH',
    'GmbH',
    'GmbH & Co. KG',
    'GmbH & Co. KG',
    'e.K.',
    'AG',
    'UG (haftungsbeschränkt)',
    'OHG',
    'KG',
  ],
  formFirst: false,
  and: 'und',
  sons: 'Söhne',
  cities: list(
    'Berlin,Hamburg,München,Köln,Frankfurt,Stuttgart,Düsseldorf,Leipzig,Nürnberg,Lübeck,Münster,Würzburg,Gießen,Görlitz,Kiel,Ulm',
  ),
  streets: list(
    'Hauptstraße,Bahnhofstr.,Gartenweg,Industriestraße,Lindenallee,Schulstr.,Am Markt,Mühlenweg,Goethestraße,Bergstr.',
  ),
  shops: shops(`
    Edeka|EDEKA {LAST}//{CITY}|6|130
    Rewe|REWE SAGT DANKE. {NR}//{CITY}|5|120
    Aral Tankstelle|ARAL AG//{CITY}|30|130
    Bauhaus|BAUHAUS {CITY}|9|620
    Obi|OBI BAU- UND HEIMWERKERMAERKTE//{CITY}|8|540
    Deutsche Bahn|DB VERTRIEB GMBH|12|190
    Büromaterial|STAPLES ADVANTAGE|16|340
    MediaMarkt|MEDIA MARKT {CITY}|19|1400
    Parkgebühr|EASYPARK GMBH|2|26
    Kaffee Kunde|SUMUP .*CAFE LINDE|5|32
    Bewirtung|GASTSTAETTE ZUM {LAST}|38|220
    Hornbach|HORNBACH BAUMARKT//{CITY}|14|760
    Conrad Electronic|CONRAD ELECTRONIC SE|12|420
    Lufthansa|LUFTHANSA AG {NR}|110|720
    Deutsche Post Porto|DP AG INTERNETMARKE|1|95`),
  taxOffice: { book: 'Finanzamt', bank: 'FINANZKASSE {CITY}' },
  taxes: list('Lohnsteuer,Umsatzsteuer-VA,Körperschaftsteuer,Gewerbesteuer,Solidaritätszuschlag'),
  pensions: list('AOK Beiträge,Techniker Krankenkasse,Barmer,Knappschaft-Bahn-See Minijob,Allianz Lebensvers.'),
  utilities: list(
    'Telekom Deutschland GmbH,Vodafone GmbH,Stadtwerke Werke AG,E.ON Energie Deutschland,DATEV eG,1&1 Telecom GmbH,Vattenfall Europe Sales,Lichtblick SE',
  ),
  insurers: list('Allianz Versicherungs-AG,HUK-COBURG,AXA Versicherung AG,Gothaer Allgemeine,R+V Versicherung'),
  lenders: list('KfW Bankengruppe,Deutsche Leasing AG,BMW Bank GmbH,Volksbank Raiffeisen Leasing'),
  publicBodies: list(
    'Stadt Köln,Landeshauptstadt Stuttgart,Universitätsklinikum Gießen,Landkreis Görlitz,Bundesagentur für Arbeit,Stadtkasse Ulm,Land Hessen',
  ),
}
