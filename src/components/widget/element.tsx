/**
 * `<backup-first-lookup release="ios-14" theme="auto">`: the lookup on any page, in a shadow root of its
 * own. The file that this becomes has no dependency and asks for nothing.
 */
import { render } from 'preact';
import type { Verdict } from '../../core/compatibility.ts';
import { verdictSentence } from '../../content/verdict.ts';
import { facts } from '../../data/facts.ts';
import { LookupWidget } from './LookupWidget.tsx';
import { majorOf } from './majorOf.ts';
import { applyStyles, themes, type Theme } from './styles.ts';

/** What `backup-first:select` tells: part of what version 1 promises. */
export interface Selection {
  /** A device id, as in our addresses and open data: "iphone-6s". */
  device: string;
  /** "offered", "superseded", "came-with", "too-new" or "too-old". */
  verdict: Verdict['kind'];
  /** A release id: "ios-14". */
  release: string;
  /** The answer in one sentence. */
  sentence: string;
}

/** Where the site is published: put in by `scripts/make-widget.ts`. */
declare const SITE_ADDRESS: string;

const name = 'backup-first-lookup';
/** Where this script is from is where the checklist is. */
const home = homeOf(document.currentScript);

class BackupFirstLookup extends HTMLElement {
  static readonly observedAttributes = ['release', 'theme'];
  /** Where Preact draws: beside the link that old browsers need. */
  private place: HTMLElement | undefined;

  connectedCallback(): void {
    this.draw();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.draw();
  }

  private draw(): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const theme = this.getAttribute('theme') ?? 'auto';
    applyStyles(root, isTheme(theme) ? theme : 'auto', home);
    this.place ??= root.appendChild(document.createElement('div'));
    // The words are English, whatever the page around speaks.
    this.place.lang = 'en-US';
    this.place.dir = 'ltr';
    const major = majorOf(this.getAttribute('release'), facts);
    render(
      <LookupWidget major={major} home={home} onSelect={(verdict) => this.tell(verdict)} />,
      this.place,
    );
  }

  private tell(verdict: Verdict): void {
    const detail: Selection = {
      device: verdict.device.id,
      verdict: verdict.kind,
      release: verdict.release.id,
      sentence: verdictSentence(verdict, facts),
    };
    this.dispatchEvent(
      new CustomEvent('backup-first:select', { detail, bubbles: true, composed: true }),
    );
  }
}

// The script may be on a page twice.
if (!customElements.get(name)) customElements.define(name, BackupFirstLookup);

function isTheme(text: string): text is Theme {
  return themes.some((theme) => theme === text);
}

/** Two folders above `widget/v1/widget.js`; the published site where the script was put elsewhere. */
function homeOf(script: typeof document.currentScript): string {
  const address = script instanceof HTMLScriptElement ? script.src : '';
  return /\/widget\/v1\/widget\.js(\?.*)?$/.test(address)
    ? new URL('../../', address).href
    : SITE_ADDRESS;
}
