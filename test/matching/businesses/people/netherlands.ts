import { list, shops, type Locale } from './locale.ts'

export const netherlands: Locale = {
  country: 'NL',
  currency: 'EUR',
  languages: ['nl'],
  dates: 'd-m-y',
  first: list(
    'Sanne,Femke,Marieke,Anouk,Lotte,Willemijn,Ingrid,Petra,Yvonne,Gerda,Truus,Saskia,Esmée,Ilse,Hanneke,Mirjam,Jeroen,Bas,Wouter,Pieter,Gijs,Sander,Maarten,Joost,Kees,Henk,Arjan,Dirk-Jan,Rutger,Theo,Ruud,Erwin,Tjeerd,Sjoerd,Koen,Bram,Mohammed,Fatiha,Mehmet,Wim,Frans,Cor',
  ),
  last: list(
    'de Jong,Jansen,de Vries,van den Berg,van Dijk,Bakker,Janssen,Visser,Smit,Meijer,de Boer,Mulder,de Groot,Bos,Vos,Peters,Hendriks,van Leeuwen,Dekker,Brouwer,de Wit,Dijkstra,Smits,de Graaf,van der Meer,van der Linden,Kok,Jacobs,de Haan,Vermeulen,Postma,Hoekstra,van ’t Hof,Yilmaz,El Amrani,Kuipers,Veenstra,Prins,ter Horst,Wiersma',
  ),
  lastStarts: list('van der ,van den ,Groen,Oude,Nieuw,Bloem,Wester,Ooster,Hoog,Lage,Water,Veld,Heij,Kroon'),
  lastEnds: list('Veen,Berg,Heuvel,Kamp,Molen,Brink,Hoven,Laan,Burg,Stra,Meer,Beek'),
  roots: list(
    'Rijn,Maas,Polder,Delta,Oranje,Zuider,Noord,Vecht,Kroon,Haven,Kust,Duin,Lelie,Molen,Zilver,Blauw,Eik,Wissel,Amstel,Veluwe,Gouden,Hanze',
  ),
  tails: list(
    'bouw,techniek,handel,groep,advies,logistiek,verhuur,media,groen,projecten,wonen,food,trans,vast,zorg,pack,solar,design',
  ),
  trades: list(
    'Installatietechniek,Bouwbedrijf,Administratiekantoor,Transport,Hoveniers,Schilderwerken,Loodgieters,Vastgoed,Schoonmaak,Groothandel,Bakkerij,Autobedrijf,Tandartspraktijk,Interieur,Horeca,Drukkerij,Advocaten,Elektro,Verhuur,Bloemen,Makelaardij,Timmerwerken,Visgroothandel',
  ),
  forms: ['B.V.', 'B.V.', 'BV', 'BV', 'V.O.F.', 'N.V.', 'Stichting', 'C.V.'],
  formFirst: false,
  and: 'en',
  sons: 'Zonen',
  cities: list(
    'Amsterdam,Rotterdam,Utrecht,Eindhoven,Groningen,Tilburg,Almere,Breda,Nijmegen,Haarlem,Arnhem,Zwolle,Leiden,Maastricht,Den Haag,Gouda',
  ),
  streets: list(
    'Kerkstraat,Dorpsstraat,Stationsweg,Industrieweg,Molenweg,Julianalaan,Havenkade,Schoolstraat,Beatrixstraat,Lindelaan',
  ),
  shops: shops(`
    Albert Heijn|ALBERT HEIJN {NR} {CITY}|5|120
    Jumbo|JUMBO {CITY}|6|130
    Shell benzine|SHELL {CITY} {NR}|35|120
    Gamma|GAMMA {CITY}|8|420
    Action|ACTION {NR} {CITY}|3|60
    NS treinkaartje|NS GROEP IZ NS REIZIGERS|6|70
    Kantoorartikelen|STAPLES {CITY}|14|260
    Coolblue|COOLBLUE B.V. ROTTERDAM|25|1500
    Parkeren|PARKMOBILE BENELUX|2|38
    Koffie klant|SUMUP *KOFFIE EN ZO|6|28
    Lunch bespreking|CCV*CAFE DE SLUIS|18|140
    Praxis|PRAXIS {NR} {CITY}|9|480
    Bol.com|BOL.COM B.V.|12|380
    KLM|KLM NEDERLAND|110|640
    PostNL|POSTNL WEBSHOP|4|95`),
  taxOffice: { book: 'Belastingdienst', bank: 'BELASTINGDIENST APELDOORN' },
  taxes: list('Loonheffing,Btw,Vennootschapsbelasting,Motorrijtuigenbelasting'),
  pensions: list('Pensioenfonds Zorg en Welzijn,bpfBOUW,Nationale-Nederlanden Levensverz.,PME Pensioenfonds'),
  utilities: list(
    'KPN B.V.,VodafoneZiggo,Vattenfall Klantenservice NV,Eneco Zakelijk,Vitens NV,Exact Online,Liander,Essent Retail Energie',
  ),
  insurers: list('Interpolis Schade,Achmea,Centraal Beheer,Univé Schade'),
  lenders: list('De Lage Landen Vendorlease,Qredits Microfinanciering,ABN AMRO Asset Based Finance,Triodos Bank NV'),
  publicBodies: list(
    'Gemeente Utrecht,Rijkswaterstaat,Universiteit Leiden,Waterschap Rivierenland,Provincie Gelderland,Gemeente Zwolle,UWV',
  ),
}
