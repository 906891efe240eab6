import { compose, list, pairs } from '../kit.ts'
import type { Land } from './land.ts'

export const france = (): Land => ({
  country: 'FR',
  currency: 'EUR',
  scale: 1,
  scheme: 'rf',
  bankCodes: list('30004,30003,20041,14505,10278,30002,17515,16958'),
  firstNames:
    list(`Marie,Nathalie,Isabelle,Sylvie,Catherine,Martine,Christine,Françoise,Valérie,Sandrine,Céline,Sophie,Hélène,Aurélie,Chloé,Léa,
    Jean,Pierre,Michel,Philippe,Alain,Patrick,Nicolas,Christophe,François,Frédéric,Laurent,Éric,Stéphane,Sébastien,Jérôme,Thomas,Jean-Luc,Jean-Claude`),
  surnames: [
    ...list(`Martin,Bernard,Thomas,Petit,Robert,Richard,Durand,Dubois,Moreau,Laurent,Simon,Michel,Lefebvre,Leroy,Roux,David,Bertrand,Morel,Fournier,
      Girard,Bonnet,Dupont,Lambert,Fontaine,Rousseau,Vincent,Muller,Lefèvre,Faure,André,Mercier,Blanc,Guérin,d'Arcy,Le Gall`),
    ...compose(
      'Beau,Mont,Mar,Bel,Cha,Roch,Vau,Val,Fon,Gui,Ber,Per,Lar,Bou,Cour,Del',
      'champ,lier,val,rand,tin,fort,bert,mont,chet,gnon,lard,vier',
    ),
  ],
  brands: compose(
    'Gallo,Loire,Alpha,Provence,Armor,Breizh,Rhône,Azur,Lys,Étoile,Rapid,Vert,Bleu,Nova,Occit,Jura,Cévennes,Garonne,Atlan,Méri',
    'tec,data,bati,food,groupe,énergie,maison,plan,logistique,design,verre,bain,lux,trans,services,invest',
  ),
  trades:
    list(`Plomberie,Électricité,Bâtiment,Expertise Comptable,Immobilier,Transports,Cabinet Dentaire,Boulangerie,Garage,Mécanique,Coiffure,Conseil,
    Nettoyage,Fleurs,Sport,Peinture,Menuiserie,Brasserie,Avocats,Architectes,Paysages,Imprimerie,Intérim,Publicité,Kinésithérapie`),
  cities:
    list(`Paris,Marseille,Lyon,Toulouse,Nice,Nantes,Strasbourg,Montpellier,Bordeaux,Lille,Rennes,Reims,Le Havre,Saint-Étienne,Toulon,Grenoble,
    Dijon,Angers,Nîmes,Clermont-Ferrand`),
  streets: list(
    'Rue de la Paix,Rue Victor Hugo,Avenue de la République,Rue du Moulin,Place de la Gare,Boulevard Pasteur,Rue des Écoles,ZI Nord',
  ),
  legal: list('SARL,SAS,SA,EURL,SASU,SCI,,SNC'),
  sisters: list('Holding,Immobilier,Bâtiment,Services,Nord,Sud,Participations,Groupe,Logistique,Distribution'),
  and: list('&,et,&'),
  months: list('janvier,février,mars,avril,mai,juin,juillet,août,septembre,octobre,novembre,décembre'),
  numbers: list('{n},FA{n},F-{y}-{n},FC{n},FAC-{y}-{n},{y}{n}'),
  vat: [20, 20, 10, 5.5],
  say: {
    invoice:
      list(`Facture {n},Fact {n},facture n° {n},Fact. N°{n},Règlement facture {n},REGLT FACT {n},{n},FAC {n},vire facture {n},inv {n},votre facture {n},
      Paiement fact {n},N/FACT {n},F{n},#{n}`),
    credit: list('moins avoir {n},avoir {n},AV {n},déduction avoir {n}'),
    part: list('Acompte,paiement partiel,échéance 2,règlement partiel,1er versement'),
    allOf: list('Factures {m},toutes factures {m},Relevé {m},Achats {m}'),
    vague: list('Merci,règlement,Facture,Virement,Marchandises,Selon accord,Solde,Travaux,Bonjour,prestation'),
    other: list(
      'Commande {n},client {n},Code client {n},Tel {n},Adhérent {n},Dossier {n},BC {n},V/Réf {n},Contrat {n}',
    ),
    rent: list('Loyer {m},Loyer local {m},Loyer bureau,Loyer et charges'),
    salary: list('Salaire {m},Paie {m},SALAIRE,Virement salaire'),
    transfer: list('Virement interne,Vers livret,Transfert,Vir cpte a cpte,Virement'),
    cash: list('Versement espèces,Dépôt espèces,Retrait DAB,Remise espèces'),
    interest: list('Intérêts,Intérêts créditeurs,Agios,Intérêts débiteurs {m}'),
    fee: list('Frais tenue de compte,Cotisation {m},Commissions,Frais {m},Cotisation carte'),
    loan: list('Prêt {n},Échéance prêt {n},Remboursement prêt {n},ECH PRET {n}'),
    drawing: list('Compte courant associé,Prélèvement exploitant,Perso,Note de frais'),
    refund: list('Remboursement,Trop perçu,Avoir {n},Rembt avoir {n}'),
    returned: list('Rejet virement,Retour: compte clos,Prélèvement impayé,Rejet AC04'),
    batch: list('Remise virements {x},Virements fournisseurs,VIR MULTIPLE {x},Lot {x}'),
    withheld: list('Prélèvement à la source,Urssaf,Formation'),
    vat: list('TVA {m},CA3 {m},TVA'),
    receipts: list(
      'Carburant,Parking,Déjeuner client,Fournitures,Taxi,Hôtel,Outillage,Déplacement,Café,Logiciel,Péage,Vêtements travail',
    ),
    lump: list('REMISE PRLV SEPA {x},Remise prélèvements,Virements groupés,REMISE {x}'),
    goods: list('Marchandises,Heures,Entretien,Conseil,Abonnement,Matériel,Pose,Maintenance,Formation,Location'),
  },
  bodies: {
    tax: pairs('DGFIP|DIRECTION GENERALE DES FINANCES PUBLIQ,Urssaf|URSSAF ILE DE FRANCE,Impôts SIE|DGFIP IMPOT SIE'),
    pension: pairs('Malakoff Humanis|MALAKOFF HUMANIS,AG2R La Mondiale|AG2R,Klesia|KLESIA AGIRC-ARRCO'),
    insurance: pairs('MAAF|MAAF ASSURANCES SA,AXA France|AXA FRANCE IARD,Groupama|GROUPAMA'),
    monthly:
      pairs(`Orange|ORANGE SA-ORANGE,SFR Business|SFR,Bouygues Telecom|BOUYGUES TELECOM,EDF Pro|EDF ENTREPRISES,Engie|ENGIE,
      Pennylane|PENNYLANE SAS,Sage France|SAGE,Veolia Eau|VEOLIA EAU,OVH|OVH SAS,Ulys Vinci|VINCI AUTOROUTES`),
    lender: pairs('BNP Paribas prêt|BNP PARIBAS,Bpifrance|BPIFRANCE FINANCEMENT,Crédit Agricole prêt|CA CENTRE LOIRE'),
    factoring: pairs(
      'Eurofactor|CREDIT AGRICOLE LEASING FACTORING,Factofrance|FACTOFRANCE SA,BNP Paribas Factor|BNPP FACTOR',
    ),
    processor: pairs(
      'Stripe|STRIPE PAYMENTS EUROPE,SumUp|SUMUP,PayPal|PAYPAL (EUROPE),Adyen|ADYEN NV,Klarna|KLARNA BANK AB,Zettle|ZETTLE',
    ),
  },
  merchants:
    pairs(`Carrefour|CARREFOUR MARKET,Leclerc|E.LECLERC,Auchan|AUCHAN DRIVE,Leroy Merlin|LEROY MERLIN NANTES,Castorama|CASTO 1221,
    Fnac|FNAC DIRECT,Darty|DARTY LYON,Total essence|TOTALENERGIES 7714,Esso|ESSO EXPRESS,SNCF billet|SNCF VOYAGEURS,Air France|AIRFRANCE 0572,
    Ibis hôtel|HOTEL IBIS 3312,Paul boulangerie|PAUL GARE,Metro|METRO CASH 12,Bureau Vallée|BUREAU VALLEE,Amazon|AMAZON EU SARL,
    La Poste|LA POSTE 750221,Brico Dépôt|BRICO DEPOT,Parking Indigo|INDIGO PARK,Vinci péage|COFIROUTE,Flunch|FLUNCH 44,Boulanger|BOULANGER.COM,Decathlon|DECATHLON 021`),
  bank: {
    in: list(`{text}, VIR SEPA RECU /DE {name} /MOTIF {text} /REF {e2e}, VIREMENT DE {name} {text},
      VIR {name} {text}, VIR INST RE {x} DE: {name} MOTIF: {text}, VIREMENT RECU {name} {text}`),
    reference: list('{ref},REF {ref},/REF {ref} /DE {name}'),
    out: list(`{text}, VIR SEPA EMIS /MOTIF {text} /BEN {name}, VIREMENT POUR {name} {text},
      PRLV SEPA {name} {x} {text}, VIR {name} {text}`),
    card: list(
      'CB {name} {dm} {city},PAIEMENT CB {dm} {name} CARTE {c},CARTE X{c} {dm} {name},FACTURE CARTE DU {dm} {name} {city} CARTE {c}',
    ),
  },
})
