import type { DocumentBox } from '../../contract/desktop.ts';
import type { Role } from '../../contract/document.ts';

/** The boxes that a role works with, the one that waits for the person's hand first. */
export function boxesOf(role: Role): readonly [DocumentBox, ...DocumentBox[]] {
  switch (role) {
    case 'leader':
      return ['toSign', 'incoming', 'outgoing'];
    case 'clerk':
      return ['toIssue', 'incoming', 'outgoing'];
    case 'specialist':
      return ['incoming', 'outgoing'];
  }
}
