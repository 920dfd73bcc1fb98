import compatibility from '@mdn/browser-compat-data/forLegacyNode';
import type { CompatData, SimpleSupportStatement } from '@mdn/browser-compat-data';
import { describe, expect, it } from 'vitest';
import { lacksOfSafari, surelyLacking } from '../../engines/mask.ts';

type Support = Partial<SimpleSupportStatement> | Partial<SimpleSupportStatement>[];

/** A table of compatibility with what it says of iOS Safari alone. */
function tableOf(api: object, builtins: object = {}): Pick<CompatData, 'api' | 'javascript'> {
  return { api, javascript: { builtins } } as unknown as Pick<CompatData, 'api' | 'javascript'>;
}

function feature(support: Support, parts: object = {}): object {
  return { __compat: { support: { safari_ios: support } }, ...parts };
}

const had = { version_added: '3' };
const later = { version_added: '13.4' };

describe('what iOS Safari 12.2 lacks', () => {
  const namesOf = (table: Pick<CompatData, 'api' | 'javascript'>): string[] =>
    lacksOfSafari(table, 12.2).map(({ holder, name }) => [...holder, name].join('.'));

  it('is what came later or never, or only in a preview', () => {
    const table = tableOf({
      Had: feature(had),
      InThatVersion: feature({ version_added: '12.2' }),
      Ancient: feature({ version_added: '≤4' }),
      Later: feature(later),
      Never: feature({ version_added: false }),
      Previewed: feature({ version_added: 'preview' }),
    });
    expect(namesOf(table)).toEqual(['Later', 'Never', 'Previewed']);
  });

  it('is what was gone by then, and came back later', () => {
    const table = tableOf({
      CameBack: feature([later, { version_added: '10.3', version_removed: '11' }]),
      Stayed: feature([later, { version_added: '10.3', version_removed: '13' }]),
    });
    expect(namesOf(table)).toEqual(['CameBack']);
  });

  it('is what had another name, or a switch to throw', () => {
    const table = tableOf({
      Prefixed: feature({ version_added: '4', prefix: 'webkit' }),
      Switched: feature({ version_added: '9', flags: [{ type: 'preference', name: 'x' }] }),
      Both: feature([
        { version_added: '4' },
        { version_added: '3', version_removed: '5', prefix: 'webkit' },
      ]),
    });
    expect(namesOf(table)).toEqual(['Prefixed', 'Switched']);
  });

  it('hangs where it really does, and its namesake elsewhere stays', () => {
    const table = tableOf(
      {
        Response: feature(had, { json: feature(had), json_static: feature(later) }),
        Blob: feature(had, { text: feature(later), options_parameter: feature(later) }),
        Window: feature(had, { requestIdleCallback: feature({ version_added: false }) }),
        Query: feature(had, {
          EventTarget_inheritance: feature(later),
          change_event: feature(later),
        }),
        EventTarget: feature(had, { EventTarget: feature(later) }),
        Gone: feature(later, { with_it: feature(later), method: feature(later) }),
      },
      { Intl: feature(had, { NumberFormat: feature(had, { formatToParts: feature(later) }) }) },
    );
    expect(namesOf(table)).toEqual([
      'Response.json',
      'Blob.prototype.text',
      'requestIdleCallback',
      'Query.prototype.EventTarget_inheritance',
      'Query.prototype.onchange',
      'EventTarget.EventTarget',
      'Gone',
      'Intl.NumberFormat.formatToParts',
      'Intl.NumberFormat.prototype.formatToParts',
    ]);
  });

  it('by the table in use: nothing that every page needs, and what the mask is tested by', () => {
    const lacks = namesOf(compatibility);
    expect(lacks).toEqual(expect.arrayContaining(surelyLacking));
    for (const needed of ['fetch', 'Promise', 'Response.prototype.json', 'Element', 'document']) {
      expect(lacks).not.toContain(needed);
    }
  });
});
