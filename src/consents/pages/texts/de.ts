import type { Texts } from './texts.ts'

// Names stand in the nominative or the accusative, which are alike for “die Person …” too.

const daysIn = (count: number): string => (count === 1 ? '1 Tag' : `${count} Tage`)

export const de: Texts = {
  agree: 'Zustimmen und weiter',
  cancel: 'Abbrechen',
  tryAgain: 'Erneut versuchen',
  checkAgain: 'Erneut prüfen',
  returnTo: (tenant) => `Zurück zu ${tenant}`,
  theSender: 'die Person, die Ihnen den Link geschickt hat',

  welcome: {
    heading: (tenant) => `${tenant} möchte Bankkonten lesen`,
    intro: (tenant, company) =>
      `${company} führt die Bücher mit ${tenant}. Um die Bankumsätze abzurufen, braucht ${tenant} Ihre Erlaubnis.`,
    bankHeading: 'Die Bank',
    sharedHeading: 'Was geteilt wird',
    shared: ['Kontostände', 'Gebuchte Umsätze', 'Namen, Nummern und Inhaber der Konten'],
    receiver: (tenant, company) => `${tenant} erhält dies für die Buchhaltung von ${company}.`,
    safeHeading: 'Was damit nicht erlaubt ist',
    safe: 'Niemand kann damit Geld bewegen. Sie melden sich auf der eigenen Seite der Bank an, und Ihre Zugangsdaten bleiben dort.',
    durationHeading: 'Für wie lange',
    durationAtBank: (count) =>
      `Für höchstens ${daysIn(count)} ab Ihrer Zustimmung. Danach endet es von selbst, wenn Sie es nicht verlängern.`,
    durationUnknown:
      'Solange Ihre Bank es erlaubt: Die nächste Seite sagt, wie viele Tage. Danach endet es von selbst, wenn Sie es nicht verlängern.',
    withdrawHeading: 'Wenn Sie es sich anders überlegen',
    withdraw: (tenant) =>
      `Sie können Ihre Erlaubnis jederzeit zurückziehen, bei Ihrer Bank oder indem Sie ${tenant} informieren.`,
    nextAtBank: (bank) => `Als Nächstes melden Sie sich bei ${bank} an und stimmen zu.`,
    nextChoose: 'Als Nächstes wählen Sie Ihre Bank, melden sich dort an und stimmen zu.',
  },

  accountsHeading: 'Bei der Bank anzukreuzende Konten',
  accountsIntro: 'Wenn die Bank fragt, welche Konten geteilt werden sollen, wählen Sie diese:',

  chooseBank: {
    heading: 'Wählen Sie Ihre Bank',
    intro: 'Sie melden sich auf der eigenen Seite der Bank an, stimmen dort zu und kommen dann zurück.',
    searchLabel: 'Name der Bank',
    search: 'Suchen',
    listHeading: 'Banken',
    upToDays: (count) => `höchstens ${daysIn(count)}`,
    more: 'Es gibt weitere Banken. Suchen Sie Ihre nach dem Namen.',
    noneFound: (search) => `Keine Bank passt zu „${search}“. Versuchen Sie einen Teil des Namens.`,
    none: 'Hier gibt es noch keine Bank zur Auswahl. Sie können dieses Fenster schließen.',
    showAll: 'Alle Banken anzeigen',
  },

  bankUnavailable: {
    heading: (bank) => `${bank} antwortet nicht`,
    text: 'Es wurde nichts geteilt. Warten Sie einige Minuten und versuchen Sie es erneut.',
    chooseAnother: 'Eine andere Bank wählen',
  },
  bankRefused: {
    heading: (bank) => `${bank} lässt Sie nicht beginnen`,
    text: (tenant) =>
      `Es wurde nichts geteilt. Versuchen Sie es später erneut. Kommt das wieder vor, informieren Sie ${tenant}.`,
  },

  agreementNeeded: {
    sign: {
      heading: (company) => `${company} muss zuerst einen Vertrag unterschreiben`,
      text: (bank, company, tenant) =>
        `Bei ${bank} kann niemand Zugriff geben, bevor ${company} einen Vertrag unterschrieben hat, einmal für das ganze Unternehmen. ${tenant} sorgt dafür, dass er unterschrieben wird. Es wurde nichts freigegeben. Öffnen Sie diesen Link wieder, wenn das geschehen ist.`,
    },
    wait: {
      heading: (company) => `Der Vertrag von ${company} wird geprüft`,
      text: (bank, company, tenant) =>
        `${company} hat den Vertrag unterschrieben, den ${bank} verlangt, und er wird nun geprüft. Das dauert einige Arbeitstage; Sie müssen nichts tun. ${tenant} erfährt, wenn er genehmigt ist. Öffnen Sie diesen Link dann wieder.`,
    },
  },

  lastAttempt: {
    cancelled_by_person: {
      heading: 'Beim letzten Mal wurde abgebrochen',
      text: () => 'Es wurde nichts geteilt. Sie können unten neu beginnen oder dieses Fenster schließen.',
    },
    rejected_by_bank: {
      heading: 'Beim letzten Mal hat die Bank abgelehnt',
      text: () =>
        'Es wurde nichts geteilt. Vielleicht darf dieser Zugang die Konten des Unternehmens nicht freigeben. Fragen Sie die Bank, oder lassen Sie jemanden mit diesem Recht den Link öffnen.',
    },
    insufficient_rights: {
      heading: 'Beim letzten Mal konnte kein Konto geteilt werden',
      text: () =>
        'Dieser Zugang darf keine Konten des Unternehmens teilen. Melden Sie sich als jemand an, der es darf, oder lassen Sie diese Person den Link öffnen.',
    },
    wrong_account_type: {
      heading: 'Beim letzten Mal war es die falsche Art von Konto',
      text: () =>
        'Hier können nur Geschäftskonten verbunden werden. Von den anderen wurde nichts behalten. Beginnen Sie neu und wählen Sie bei der Bank Geschäftskonten.',
    },
    bank_unavailable: {
      heading: 'Beim letzten Mal hat die Bank nicht geantwortet',
      text: () => 'Es wurde nichts geteilt. Versuchen Sie es jetzt erneut oder in einer Weile.',
    },
    provider_error: {
      heading: 'Beim letzten Mal ist etwas schiefgegangen',
      text: (tenant) =>
        `Es wurde nichts geteilt. Versuchen Sie es erneut. Kommt das wieder vor, informieren Sie ${tenant}.`,
    },
    timed_out: {
      heading: 'Beim letzten Mal hat es zu lange gedauert',
      text: () => 'Es wurde nichts geteilt. Beginnen Sie neu und bringen Sie es bei der Bank ohne lange Pause zu Ende.',
    },
  },
  refusedIntro: 'Diese Konten wurden nicht angenommen:',

  notices: {
    link_unknown: {
      heading: 'Dieser Link funktioniert nicht',
      text: (tenant) => `Prüfen Sie, ob der ganze Link kopiert wurde. Wenn ja, bitten Sie ${tenant} um einen neuen.`,
    },
    link_expired: {
      heading: 'Dieser Link ist abgelaufen',
      text: (tenant) => `Damit kann nichts mehr erlaubt werden. Bitten Sie ${tenant} um einen neuen.`,
    },
    link_withdrawn: {
      heading: 'Dieser Link wurde zurückgezogen',
      text: (tenant) => `Sie brauchen nichts zu tun. Wollten Sie ihn benutzen, bitten Sie ${tenant} um einen neuen.`,
    },
    link_used: {
      heading: 'Dieser Link wurde benutzt',
      text: (tenant) =>
        `Der Zugriff wurde damit erlaubt; Sie brauchen nichts mehr zu tun. Um eine Bank oder ein Konto hinzuzufügen, bitten Sie ${tenant} um einen neuen Link.`,
    },
    unconfirmed: {
      heading: 'Ihre Bank hat noch nicht bestätigt',
      text: (tenant) =>
        `Diese Seite fragt von selbst wieder. Sie können sie auch schließen: Was Sie erlaubt haben, geht nicht verloren, und ${tenant} erfährt es, sobald die Bank bestätigt. Muss noch jemand in Ihrem Unternehmen zustimmen, wird darauf gewartet.`,
    },
    too_many_requests: {
      heading: 'Zu viele Anfragen',
      text: (tenant) =>
        `Warten Sie eine Minute und öffnen Sie den Link erneut. Kommt das wieder vor, informieren Sie ${tenant}.`,
    },
    went_wrong: {
      heading: 'Etwas ist schiefgegangen',
      text: (tenant) =>
        `Der Fehler liegt bei uns. Warten Sie eine Minute und öffnen Sie den Link erneut. Kommt das wieder vor, informieren Sie ${tenant}.`,
    },
  },
}
