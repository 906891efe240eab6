import { list, shops, type Locale } from './locale.ts'

export const belgium: Locale = {
  country: 'BE',
  currency: 'EUR',
  languages: ['nl', 'fr'],
  dates: 'd-m-y',
  first: list(
    'An,Griet,Els,Veerle,Katrien,Lieve,Hilde,Goedele,Amélie,Céline,Nathalie,Véronique,Françoise,Isabelle,Martine,Lore,Jef,Wim,Koen,Geert,Luc,Bart,Jan-Willem,Stijn,Filip,Benoît,Thierry,Olivier,Jean-Marc,Didier,Grégory,Yves,Marc,Patrick,Johan,Kris,Karim,Samira,Emre,Noël,Dirk,Rik',
  ),
  last: list(
    'Peeters,Janssens,Maes,Jacobs,Mertens,Willems,Claes,Goossens,Wouters,De Smet,Dubois,Lambert,Dupont,Martin,Simon,Laurent,Leclercq,Van Damme,Vandenberghe,Verhoeven,Van den Broeck,Desmet,Lemmens,Michiels,Segers,Renard,Collard,Lejeune,Denis,François,Gérard,Hendrickx,Coppens,De Backer,Pauwels,Stevens,Vermeersch,El Idrissi,Demir,Thys',
  ),
  lastStarts: list('Van de ,Vander,De ,Ver,Van ,Del,Vanden,Ce,Le'),
  lastEnds: list('putte,veken,meulen,bosch,walle,schueren,ecke,haeghe,croix,plancke,linden,stappen,brouck'),
  roots: list(
    'Schelde,Leie,Brabant,Vlas,Ardenn,Meuse,Zenne,Noordzee,Kempen,Condroz,Dender,Hesbaye,Flandr,Mosa,Polder,Lux,Sam,Bel,Duvel,Toren',
  ),
  tails: list(
    'bouw,tech,immo,logistics,services,consult,food,clean,invest,projects,trade,green,print,elec,wood,care,pack',
  ),
  trades: list(
    'Dakwerken,Elektriciteit,Boekhouding,Transport,Immobiliën,Schrijnwerkerij,Tuinaanleg,Chauffage,Toitures,Menuiserie,Comptabilité,Nettoyage,Boulangerie,Bakkerij,Garage,Traiteur,Apotheek,Carrelage,Verhuur,Groothandel,Brasserie,Architecten,Imprimerie',
  ),
  forms: ['BV', 'BV', 'BVBA', 'NV', 'SRL', 'SPRL', 'SA', 'ASBL', 'VZW', 'Comm.V'],
  formFirst: false,
  and: '&',
  sons: 'Fils',
  cities: list(
    'Antwerpen,Gent,Brugge,Leuven,Mechelen,Hasselt,Kortrijk,Brussel,Liège,Namur,Charleroi,Mons,Tournai,Aalst,Oostende,Wavre',
  ),
  streets: list(
    'Kerkstraat,Stationsstraat,Rue de la Gare,Grand-Place,Molenstraat,Avenue Louise,Rue Haute,Nieuwstraat,Chaussée de Namur,Veldstraat',
  ),
  shops: shops(`
    Colruyt|COLRUYT {CITY} {NR}|8|210
    Delhaize|AD DELHAIZE {CITY}|6|120
    TotalEnergies brandstof|TOTALENERGIES {NR}|35|120
    Brico|BRICO {CITY}|8|380
    Hubo|HUBO {CITY} {NR}|9|290
    NMBS trein|NMBS/SNCB MOBILE|6|60
    Ava papierwaren|AVA {CITY}|9|140
    Krëfel|KREFEL {NR} {CITY}|29|1290
    Parking|4411 BE-MOBILE|2|25
    Koffie|SUMUP *LE PETIT NOIR|5|24
    Lunch client|SQ *DE GOUDEN PLUIM|24|180
    Facq sanitair|FACQ {CITY}|15|980
    Bol|BOL.COM BRUSSEL|12|320
    Brussels Airlines|BRUSSELS AIRLINES|120|690
    Bpost|BPOST {NR}|3|80`),
  taxOffice: { book: 'FOD Financiën', bank: 'SPF FINANCES-FOD FINANCIEN' },
  taxes: list('Bedrijfsvoorheffing,Btw,RSZ,Voorafbetaling vennootschapsbelasting'),
  pensions: list('AG Insurance pensioen,Acerta Sociaal Verzekeringsfonds,Xerius,Vivium'),
  utilities: list('Proximus NV,Telenet BV,Engie Electrabel,Luminus NV,Farys,Orange Belgium,SWDE,Octopus Accountancy'),
  insurers: list('Ethias,AXA Belgium,Baloise Insurance,P&V Verzekeringen'),
  lenders: list('KBC Lease Belgium,PMV Standaardleningen,ING Equipment Lease,Belfius Auto Lease'),
  publicBodies: list('Stad Gent,Ville de Namur,UZ Leuven,Vlaamse Overheid,Commune de Wavre,OCMW Mechelen,Infrabel'),
}
