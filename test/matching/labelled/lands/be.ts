import { compose, list, pairs } from '../kit.ts'
import type { Land } from './land.ts'

export const belgium = (): Land => ({
  country: 'BE',
  currency: 'EUR',
  scale: 1,
  scheme: 'ogm',
  bankCodes: list('001,310,363,734,068,103,750,979'),
  firstNames:
    list(`Marie,Maria,Martine,Nathalie,Anne,Isabelle,Els,Ann,Sofie,Lies,Katrien,Griet,Chantal,Véronique,Nele,Hilde,
    Jean,Marc,Patrick,Luc,Philippe,Michel,Jan,Peter,Koen,Bart,Dirk,Wim,Thomas,Kevin,Frédéric,Benoît,Joris,Stijn,Geert,Jean-Pierre`),
  surnames: [
    ...list(`Peeters,Janssens,Maes,Jacobs,Mertens,Willems,Claes,Goossens,Wouters,De Smet,Dubois,Lambert,Dupont,Martin,Simon,Laurent,Leroy,
      Van den Broeck,Vermeulen,De Clercq,Hermans,Vandenberghe,Desmet,Leclercq,Renard,Deprez,Declercq,François,Lemaire`),
    ...compose(
      'Van de,Vander,De ,Ver,Van ,Vanden,Dhont ,Le,Del,Des',
      'velde,meulen,bosch,putte,weghe,casteele,haegen,straeten,brouck,pierre,champs,noyer,ville,forge,marche,taille,roux',
    ),
  ],
  brands: compose(
    'Bel,Flan,Wallo,Brab,Ardenn,Leie,Schelde,Meuse,Euro,Vlaam,Gaume,Kempen,Zenne,Dyle,Rapid,Vert,Bleu,Atlas,Nova,Alpha',
    'tec,data,bouw,food,group,energie,home,plan,logistics,design,glass,bain,lux,trans,services,invest',
  ),
  trades:
    list(`Installaties,Electro,Bouw,Comptabilité,Immo,Transport,Dentistes,Bakkerij,Garage,Machines,Coiffure,Consult,Nettoyage,Fleurs,Sport,
    Schilderwerken,Menuiserie,Brasserie,Avocats,Architecten,Tuinen,Imprimerie,Interim,Publicité,Kiné`),
  cities:
    list(`Bruxelles,Brussel,Antwerpen,Gent,Charleroi,Liège,Brugge,Namur,Leuven,Mons,Mechelen,Aalst,La Louvière,Kortrijk,Hasselt,
    Sint-Niklaas,Oostende,Tournai,Genk,Verviers`),
  streets: list(
    'Kerkstraat,Rue de la Gare,Stationsstraat,Grand-Place,Industrielaan,Chaussée de Mons,Dorpsstraat,Avenue Louise',
  ),
  legal: list('BV,SRL,NV,SA,BVBA,VOF,ASBL,VZW,'),
  sisters: list('Holding,Immo,Bouw,Services,Nord,Sud,Invest,Group,Logistics,Wallonie'),
  and: list('&,en,et'),
  months: list('januari,février,maart,avril,mei,juin,juli,août,september,octobre,november,décembre'),
  numbers: list('{n},{y}{n},{y}/{n},F{y}-{n},VF{n},V{y}-{n}'),
  vat: [21, 21, 6, 12],
  say: {
    invoice:
      list(`Factuur {n},facture {n},Facture n° {n},fact. {n},Factuurnr {n},Betaling factuur {n},{n},Paiement facture {n},FACT {n},inv {n},
      votre facture {n},uw factuur nr. {n},F{n},#{n}`),
    credit: list('creditnota {n},note de crédit {n},NC {n},moins NC {n},- CN {n}'),
    part: list('Deelbetaling,acompte,paiement partiel,voorschot,2e schijf'),
    allOf: list('Facturen {m},factures {m},toutes factures {m},Aankopen {m}'),
    vague: list('Merci,Bedankt,betaling,paiement,Factuur,virement,Selon accord,Volgens afspraak,Travaux,Goederen'),
    other: list('Order {n},commande {n},klantnr {n},client {n},Tel {n},GSM {n},dossier {n},Contract {n},Bestelbon {n}'),
    rent: list('Huur {m},Loyer {m},Loyer bureau,Huur magazijn'),
    salary: list('Loon {m},Salaire {m},Wedde,Lonen'),
    transfer: list('Overschrijving,Virement interne,Naar spaarrekening,Transfert,Eigen rekening'),
    cash: list('Storting contanten,Dépôt espèces,Retrait Bancontact,Geldopname'),
    interest: list('Intresten,Intérêts créditeurs,Debetrente,Intérêts'),
    fee: list('Beheerskosten,Frais de gestion,Maandelijkse bijdrage,Frais carte {m},Kosten {m}'),
    loan: list('Krediet {n},Crédit {n},Aflossing krediet {n},Remboursement crédit'),
    drawing: list('Privé,Privé opname,Prélèvement gérant,Onkosten'),
    refund: list('Terugbetaling,Remboursement,Trop perçu,Creditnota {n},NC {n}'),
    returned: list('Retour virement,Onbetaald,Impayé,Rekening afgesloten retour'),
    batch: list('Verzamelopdracht,Ordre collectif {x},Betalingen leveranciers,Bestand {x}'),
    withheld: list('Bedrijfsvoorheffing,RSZ,Précompte professionnel'),
    vat: list('BTW {m},TVA {m},TVA trimestre,btw aangifte'),
    receipts: list(
      'Brandstof,Parking,Lunch klant,Fournitures bureau,Taxi,Hôtel,Gereedschap,Déplacement,Koffie,Logiciel,Werkkledij',
    ),
    lump: list(
      'Gegroepeerde overschrijvingen {x},Domiciliëringen verzameld,Encaissements domiciliations {x},Groupement VCS',
    ),
    goods: list('Goederen,Heures,Onderhoud,Conseil,Abonnement,Matériel,Montage,Réparation,Formation,Location matériel'),
  },
  bodies: {
    tax: pairs('FOD Financiën|SPF FINANCES - FOD FINANCIEN,RSZ|ONSS RSZ,SPF Finances Précompte|RECETTE PRP'),
    pension: pairs('AG Insurance Employee Benefits|AG INSURANCE,Vivium|VIVIUM,NN Insurance Belgium|NN INSURANCE'),
    insurance: pairs('Ethias|ETHIAS SA,AXA Belgium|AXA BELGIUM,Baloise|BALOISE BELGIUM NV'),
    monthly:
      pairs(`Proximus|PROXIMUS SA,Telenet|TELENET BV,Engie Electrabel|ELECTRABEL,Luminus|LUMINUS SA,Exact Online|EXACT,
      Billit|BILLIT BV,Orange Belgium|ORANGE BELGIUM,Farys|FARYS,Fluvius|FLUVIUS SYSTEM OPERATOR,Securex|SECUREX SOCIAL SEC`),
    lender: pairs('KBC krediet|KBC BANK,Belfius crédit|BELFIUS BANK,BNP Paribas Fortis Lease|FORTIS LEASE'),
    factoring: pairs('KBC Commercial Finance|KBC COMM FINANCE,BNP Factor|BNP PARIBAS FORTIS FACTOR,Edebex|EDEBEX SA'),
    processor: pairs(
      'Mollie|STICHTING MOLLIE PAYMENTS,Stripe|STRIPE,Worldline|WORLDLINE NV,Klarna|KLARNA BANK AB,SumUp|SUMUP,Payconiq|PAYCONIQ INTL',
    ),
  },
  merchants:
    pairs(`Colruyt|COLRUYT 3122,Delhaize|DELHAIZE GENT,Carrefour|CRF EXPRESS,Brico|BRICO NAMUR,Gamma|GAMMA KORTRIJK,Krëfel|KREFEL,
    Coolblue|COOLBLUE BELGIE,Media Markt|MEDIAMARKT,Total|TOTALENERGIES NV,Q8|Q8 122201,Shell|SHELL RANST,NMBS|SNCB NMBS APP,
    Brussels Airlines|SN BRUSSELS 082,Ibis|IBIS GENT CENTRUM,Panos|PANOS 22,Action|ACTION 3110,Hubo|HUBO HASSELT,4411 parkeren|4411 PARKING,
    bpost|BPOST WEBSHOP,Ava papier|AVA PAPIERWAREN,Makro|METRO BELGIE,Exki|EXKI LOUISE,Hornbach|HORNBACH`),
  bank: {
    in: list(`{text}, OVERSCHRIJVING IN EURO VAN REKENING {iban} {name} MEDEDELING: {text}, VIREMENT EN EUROS DU COMPTE {iban} {name} COMMUNICATION : {text},
      {name} {text}, INSTANTOVERSCHRIJVING {name} {text}`),
    reference: list('+++{ref}+++,MEDEDELING: {ref},COMMUNICATION STRUCTUREE {ref} {name},{ref}'),
    out: list(`{text}, OVERSCHRIJVING IN EURO OP REKENING {iban} {name} MEDEDELING: {text}, DOMICILIERING {name} {text},
      {name} {text}`),
    card: list(
      'BETALING MET DEBETKAART {c} {name} {city} {dm},PAIEMENT BANCONTACT {name} {dm} 14:32,MAESTRO {name} {city} KAART {c},{name} {city}',
    ),
  },
})
