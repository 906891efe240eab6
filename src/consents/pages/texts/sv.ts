import type { Texts } from './texts.ts'

const daysIn = (count: number): string => (count === 1 ? '1 dag' : `${count} dagar`)

export const sv: Texts = {
  agree: 'Godkänn och fortsätt',
  cancel: 'Avbryt',
  tryAgain: 'Försök igen',
  checkAgain: 'Kontrollera igen',
  returnTo: (tenant) => `Tillbaka till ${tenant}`,
  theSender: 'den som skickade länken till dig',

  welcome: {
    heading: (tenant) => `${tenant} vill läsa bankkonton`,
    intro: (tenant, company) =>
      `${company} sköter sin bokföring med ${tenant}. För att hämta banktransaktionerna behöver ${tenant} ditt tillstånd.`,
    bankHeading: 'Banken',
    sharedHeading: 'Det här delas',
    shared: ['Saldon', 'Bokförda transaktioner', 'Kontonas namn, nummer och ägare'],
    receiver: (tenant, company) => `${tenant} tar emot det, för bokföringen i ${company}.`,
    safeHeading: 'Det här ger det inte rätt till',
    safe: 'Ingen kan flytta pengar med tillståndet. Du loggar in på bankens egen sida, och din inloggning stannar där.',
    durationHeading: 'Hur länge',
    durationAtBank: (count) =>
      `I upp till ${daysIn(count)} från att du godkänner. Sedan upphör det av sig självt, om du inte förnyar det.`,
    durationUnknown:
      'Så länge som din bank tillåter: nästa sida säger hur många dagar. Sedan upphör det av sig självt, om du inte förnyar det.',
    withdrawHeading: 'Om du ändrar dig',
    withdraw: (tenant) =>
      `Du kan när som helst återkalla ditt tillstånd, hos din bank eller genom att säga till ${tenant}.`,
    nextAtBank: (bank) => `Sedan loggar du in hos ${bank} och godkänner.`,
    nextChoose: 'Sedan väljer du din bank, loggar in där och godkänner.',
  },

  accountsHeading: 'Konton att kryssa i hos banken',
  accountsIntro: 'Om banken frågar vilka konton som ska delas, välj dessa:',

  chooseBank: {
    heading: 'Välj din bank',
    intro: 'Du loggar in och godkänner på bankens egen sida, och kommer sedan tillbaka.',
    searchLabel: 'Bankens namn',
    search: 'Sök',
    listHeading: 'Banker',
    upToDays: (count) => `upp till ${daysIn(count)}`,
    more: 'Det finns fler banker. Sök på namn för att hitta din.',
    noneFound: (search) => `Ingen bank matchar ”${search}”. Prova en del av namnet.`,
    none: 'Det finns ingen bank att välja här än. Du kan stänga fönstret.',
    showAll: 'Visa alla banker',
  },

  bankUnavailable: {
    heading: (bank) => `${bank} svarar inte`,
    text: 'Ingenting har delats. Vänta några minuter och försök igen.',
    chooseAnother: 'Välj en annan bank',
  },
  bankRefused: {
    heading: (bank) => `${bank} låter dig inte börja`,
    text: (tenant) => `Ingenting har delats. Försök igen senare. Om det händer igen, säg till ${tenant}.`,
  },

  agreementNeeded: {
    sign: {
      heading: (company) => `${company} måste först skriva under ett avtal`,
      text: (bank, company, tenant) =>
        `Hos ${bank} kan ingen ge åtkomst förrän ${company} har skrivit under ett avtal, en gång för hela företaget. ${tenant} ser till att det blir underskrivet. Inget har delats. Öppna länken igen när det är klart.`,
    },
    wait: {
      heading: (company) => `Avtalet för ${company} granskas`,
      text: (bank, company, tenant) =>
        `${company} har skrivit under avtalet som ${bank} kräver, och det granskas nu. Det tar några arbetsdagar, och du behöver inte göra något. ${tenant} får veta när det är godkänt. Öppna länken igen då.`,
    },
  },

  lastAttempt: {
    cancelled_by_person: {
      heading: 'Det avbröts förra gången',
      text: () => 'Ingenting har delats. Du kan börja om nedan, eller stänga fönstret.',
    },
    rejected_by_bank: {
      heading: 'Banken sade nej förra gången',
      text: () =>
        'Ingenting har delats. Kanske får den inloggningen inte ge åtkomst till företagets konton. Fråga banken, eller låt någon som får det öppna länken.',
    },
    insufficient_rights: {
      heading: 'Inget konto kunde delas förra gången',
      text: () =>
        'Den inloggningen får inte dela något av företagets konton. Logga in som någon som får det, eller låt dem öppna länken.',
    },
    wrong_account_type: {
      heading: 'Det var fel slags konto förra gången',
      text: () =>
        'Här kan bara företagskonton anslutas. Ingenting om de andra har sparats. Börja om, och välj företagskonton hos banken.',
    },
    bank_unavailable: {
      heading: 'Banken svarade inte förra gången',
      text: () => 'Ingenting har delats. Försök igen nu, eller om en stund.',
    },
    provider_error: {
      heading: 'Något gick fel förra gången',
      text: (tenant) => `Ingenting har delats. Försök igen. Om det händer igen, säg till ${tenant}.`,
    },
    timed_out: {
      heading: 'Det tog för lång tid förra gången',
      text: () => 'Ingenting har delats. Börja om, och gör klart hos banken utan lång paus.',
    },
  },
  refusedIntro: 'De här kontona godtogs inte:',

  notices: {
    link_unknown: {
      heading: 'Länken fungerar inte',
      text: (tenant) => `Kontrollera att hela länken kopierades. Om den gjorde det, be ${tenant} om en ny.`,
    },
    link_expired: {
      heading: 'Länken har gått ut',
      text: (tenant) => `Inget mer kan godkännas med den. Be ${tenant} om en ny.`,
    },
    link_withdrawn: {
      heading: 'Länken har dragits tillbaka',
      text: (tenant) => `Du behöver inte göra något. Om du skulle använda den, be ${tenant} om en ny.`,
    },
    link_used: {
      heading: 'Länken har använts',
      text: (tenant) =>
        `Åtkomsten har godkänts med den, och du behöver inte göra något mer. Vill du lägga till en bank eller ett konto, be ${tenant} om en ny länk.`,
    },
    unconfirmed: {
      heading: 'Din bank har inte bekräftat än',
      text: (tenant) =>
        `Den här sidan frågar igen av sig själv. Du kan också stänga den: det du godkände är inte förlorat, och ${tenant} får veta så snart banken bekräftar. Om någon mer i företaget måste godkänna väntar den på dem.`,
    },
    too_many_requests: {
      heading: 'För många förfrågningar',
      text: (tenant) => `Vänta en minut och öppna länken igen. Om det händer igen, säg till ${tenant}.`,
    },
    went_wrong: {
      heading: 'Något gick fel',
      text: (tenant) => `Felet är vårt. Vänta en minut och öppna länken igen. Om det händer igen, säg till ${tenant}.`,
    },
  },
}
