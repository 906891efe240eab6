import { list, shops, type Locale } from './locale.ts'

export const norway: Locale = {
  country: 'NO',
  currency: 'NOK',
  languages: ['no'],
  dates: 'd.m.y',
  first: list(
    'Marit,Solveig,Ingeborg,Tuva,Synnøve,Ragnhild,Åse,Bjørg,Kari Anne,Hege,Trine,Lise,Guro,Astrid,Vilde,Tone,Anne-Grete,Wenche,Sigrid,Mona,Odd,Terje,Bjørn,Øyvind,Sindre,Håkon,Jørgen,Torstein,Geir,Frode,Asbjørn,Eivind,Trond,Per Arne,Jan Erik,Kåre,Leif,Stian,Vegard,Aksel,Marius,Ole Kristian,Svein,Kjetil,Ali,Fatima,Piotr,Agnieszka',
  ),
  last: list(
    'Hansen,Johansen,Olsen,Larsen,Andersen,Pedersen,Nilsen,Kristiansen,Jensen,Karlsen,Bakken,Dahl,Moen,Lund,Solberg,Hagen,Strand,Aas,Sæther,Ødegård,Brekke,Vik,Rønning,Tangen,Fjeld,Aune,Myhre,Øien,Ruud,Sørli,Kvam,Bråten,Hovland,Ulstein,Lie,Næss,Farstad,Skår,Eide,Berge,Nguyen,Kowalski,Ahmed,Gjerde,Tveit,Rød',
  ),
  lastStarts: list('Nor,Øst,Vest,Sand,Gran,Lang,Stein,Bjerk,Hel,Kjøl,Elve,Fure,Selj,Aur,Bru'),
  lastEnds: list('vik,heim,stad,li,rud,dal,haug,nes,moen,land,set,vold,bø,øy,åsen'),
  roots: list(
    'Nord,Fjord,Vår,Sol,Brann,Havn,Isbre,Kyst,Tind,Furu,Elv,Måne,Skog,Blå,Ørne,Stål,Grå,Vinter,Midt,Lys,Svale,Malm,Gull,Torv,Hav',
  ),
  tails: list(
    'vakt,gruppen,tek,service,partner,bygg,drift,glass,kraft,mat,data,sjø,tre,form,design,land,verk,kompaniet,lab,hus',
  ),
  trades: list(
    'Rørlegger,Elektro,Bygg og Anlegg,Regnskap,Transport,Eiendom,Trelast,Maskin,Catering,Renhold,Maling,Snekkerservice,Hagesenter,Bilverksted,Frisør,Grossist,Frakt,Konsult,Kjøkken,Ventilasjon,Blikk,Bakeri,Sjømat,Tannlege,Legesenter,Barnehage,Takst,Sport,Møbler',
  ),
  forms: ['AS', 'AS', 'AS', 'AS', 'ASA', 'ANS', 'DA', 'SA'],
  formFirst: false,
  and: 'og',
  sons: 'Sønner',
  cities: list(
    'Oslo,Bergen,Trondheim,Stavanger,Drammen,Tromsø,Ålesund,Hamar,Bodø,Molde,Larvik,Gjøvik,Horten,Lillestrøm,Førde,Harstad',
  ),
  streets: list(
    'Storgata,Kirkeveien,Industriveien,Bjørkeveien,Havnegata,Skolegata,Parkveien,Fjordveien,Åsveien,Nedre Torg,Granittveien',
  ),
  shops: shops(`
    Rema|REMA 1000 {CITY}|60|1400
    Kiwi dagligvare|KIWI 512 {CITY}|40|900
    Circle K drivstoff|CIRCLE K {CITY}|300|1400
    Biltema|BILTEMA {CITY} {NR}|99|3200
    Clas Ohlson|CLAS OHLSON {NR} {CITY}|59|1900
    Flytoget|FLYTOGET AS|252|504
    Vy togbillett|VYGRUPPEN AS|89|820
    Kontorrekvisita Lyreco|LYRECO NORGE AS|240|3900
    Elkjøp|ELKJOP {CITY} STORMARKED|299|14900
    Parkering|EASYPARK NORWAY|22|310
    Bompenger|FLYT AS AUTOPASS|40|900
    Kaffe kundemøte|ZETTLE_*KAFFEBRENNERIET|48|260
    Lunsj med kunde|SQ *BRYGGA SPISERI|240|1900
    Byggmakker|BYGGMAKKER {NR} {CITY}|120|8800
    Norwegian flybillett|NORWEGIAN AIR SHUTTLE|549|5200`),
  taxOffice: { book: 'Skatteetaten', bank: 'SKATTEETATEN SKATTEINNKREVING' },
  taxes: list('Forskuddstrekk,Arbeidsgiveravgift,Mva termin,Forskuddsskatt,Finansskatt'),
  pensions: list('Storebrand Livsforsikring AS,Nordea Liv,DNB Livsforsikring AS,KLP'),
  utilities: list(
    'Telenor Norge AS,Telia Norge AS,Fjordkraft AS,Elvia AS,Hafslund Strøm AS,Visma Software AS,Ice Communication Norge AS,Avfall Sør AS',
  ),
  insurers: list('Gjensidige Forsikring ASA,If Skadeforsikring NUF,Tryg Forsikring,Fremtind Forsikring AS'),
  lenders: list('DNB Finans,Sparebank 1 Finans Nord-Norge AS,Nordea Finans,Santander Consumer Bank AS'),
  publicBodies: list(
    'Bergen kommune,Helse Nord IKT,Viken fylkeskommune,NAV Økonomilinjen,Stortinget,Ringsaker kommune,Statens vegvesen',
  ),
}
