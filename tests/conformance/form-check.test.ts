import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formRules } from '../../contract/form-rule.ts';
import { checkFileName, checkForm } from '../../native/drafting/form-check/index.ts';
import { draftPdf, readDraft, Typesetter } from '../../native/drafting/index.ts';
import { paperSource } from '../../native/drafting/template.ts';
import { MemorySource } from '../../native/pdf/byte-source.ts';
import { PdfDocument } from '../../native/pdf/document.ts';
import { allTypes, type DraftInput, sampleDraft, strainedDrafts } from '../lab/drafts.ts';
import { formFaults } from '../lab/form-faults.ts';

let typesetter: Typesetter;
beforeAll(() => {
  typesetter = new Typesetter();
});
afterAll(() => typesetter.close());

function report(draft: DraftInput, by: Typesetter) {
  const { pdf } = draftPdf(readDraft(JSON.stringify(draft)), by);
  return checkForm(PdfDocument.read(new MemorySource(pdf)));
}

describe('nothing is said about a document that is right', () => {
  it.each(allTypes)('%s', (type) => {
    expect(report(sampleDraft(type), typesetter)).toEqual({
      type,
      findings: [],
    });
  });

  it.each(Object.keys(strainedDrafts))('%s', (name) => {
    expect(report(strainedDrafts[name] ?? sampleDraft('cong-van'), typesetter).findings).toEqual([]);
  });
});

/** The words that the decree's layout has, exchanged: each must be there, or nothing would be planted. */
function withFault(changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((source, [right, wrong]) => {
    if (!source.includes(right)) throw new Error(`the layout has no ${right}`);
    return source.replaceAll(right, () => wrong);
  }, paperSource());
}

describe('a planted fault is found, with its article and page', () => {
  it.each(formFaults.map((one) => [one.rule, one.fault, one] as const))('%s: %s', (rule, _, fault) => {
    const { type = 'quyet-dinh', layout = [], draft = {} } = fault;
    const own = new Typesetter(withFault(layout));
    try {
      const { findings } = report(sampleDraft(type, draft), own);
      expect(findings.map((finding) => finding.rule)).toContain(rule);
      const found = findings.find((finding) => finding.rule === rule);
      expect(found).toMatchObject(formRules[rule]);
      expect(found?.page).toBeGreaterThan(0);
    } finally {
      own.close();
    }
  });

  it('of every rule that is about pages with text at least twice', () => {
    const planted = (rule: string) => formFaults.filter((fault) => fault.rule === rule).length;
    const rules = Object.keys(formRules).filter((rule) => rule !== 'page-unreadable' && rule !== 'file-name');
    expect(rules.filter((rule) => planted(rule) < 2)).toEqual([]);
  });
});

it.each([
  ['quyet-dinh-05.pdf', []],
  ['Quyết định.pdf', ['file-name']],
  [`${'x'.repeat(47)}.pdf`, ['file-name']],
  ['a b.pdf', ['file-name']],
])('a file called %s', (name, rules) => {
  expect(checkFileName(`/somewhere/${name}`).map(({ rule }) => rule)).toEqual(rules);
});
