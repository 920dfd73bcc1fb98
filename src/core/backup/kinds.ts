/** Which kind of data a file of a backup is, by its place: what losing it would cost. */

export const kinds = [
  'photos', 'messages', 'contacts', 'calls', 'calendars', 'notes', 'health', 'passwords', 'whatsapp',
  'voice', 'mail', 'browser', 'apps', 'settings', 'media', 'other',
] as const; // prettier-ignore
export type Kind = (typeof kinds)[number];

/** First match counts. The domain stands before the path, as in the hash that names the file. */
const places: [RegExp, Kind][] = [
  [/^CameraRollDomain-/, 'photos'],
  [/^(HomeDomain|MediaDomain)-Library\/SMS\//, 'messages'],
  [/^HomeDomain-Library\/(AddressBook|Contacts)\//, 'contacts'],
  [/^(HomeDomain|WirelessDomain)-Library\/CallHistory/, 'calls'],
  [/^HomeDomain-Library\/(Calendar|Reminders)\//, 'calendars'],
  [/^AppDomainGroup-group\.com\.apple\.(calendar|reminders)/, 'calendars'],
  [/^HomeDomain-Library\/Notes\//, 'notes'],
  [/^AppDomainGroup-group\.com\.apple\.notes-/, 'notes'],
  [/^HealthDomain-/, 'health'],
  [/^KeychainDomain-/, 'passwords'],
  [/^AppDomain(Group|Plugin)?-(group\.)?net\.whatsapp\./, 'whatsapp'],
  [/^HomeDomain-Library\/Voicemail\//, 'voice'],
  [/^MediaDomain-Media\/Recordings\//, 'voice'],
  [/^AppDomainGroup-group\.com\.apple\.VoiceMemos/, 'voice'],
  [/^HomeDomain-Library\/Mail\//, 'mail'],
  [/^HomeDomain-Library\/Safari\//, 'browser'],
  [/^AppDomain(Group|Plugin)?-(group\.)?com\.apple\.(mobile)?safari/i, 'browser'],
  [/^AppDomain/, 'apps'],
  [/^(MediaDomain|BooksDomain|RingtoneDomain)/, 'media'],
  [
    /^(HomeDomain|RootDomain|SystemPreferencesDomain|ManagedPreferencesDomain|WirelessDomain|HomeKitDomain|KeyboardDomain)-/,
    'settings',
  ],
];

export function kindOf(domain: string, relativePath: string): Kind {
  const place = `${domain}-${relativePath}`;
  return places.filter(([pattern]) => pattern.test(place))[0]?.[1] ?? 'other';
}
