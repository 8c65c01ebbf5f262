import { failureMessage } from '../../contract/messages/message.ts';
import type { ModuleInfo } from '../../contract/token.ts';
import { actDeadlineMs } from '../core/core-connection.ts';
import { useDesk } from '../core/desk-context.ts';
import { failureOf } from '../core/failure-of.ts';
import { driverName, fileName } from '../token/module-name.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { FocusPlace } from '../ui/FocusPlace.tsx';
import { Status } from '../ui/Status.tsx';
import { helpWords, moduleSources } from '../words/token.ts';
import { ErrandBanner } from './ErrandBanner.tsx';
import styles from './TokenHelp.module.css';
import { useErrand } from './use-errand.ts';

/** Which drivers this computer has, whether each works, and the way to add one that wasn't found by itself. */
export function Drivers({ modules }: { modules: readonly ModuleInfo[] }) {
  const { core } = useDesk();
  const { run, outcome, isGoing, setOutcome } = useErrand();
  const add = async () => {
    try {
      const { path } = await core.call(
        (client, options) => client.tokens.pickModule({}, options),
        actDeadlineMs,
      );
      if (path === null) {
        setOutcome({ kind: 'nothing', note: helpWords.notPicked });
        return;
      }
      const words = { note: helpWords.added(fileName(path)), failed: helpWords.addFailed };
      await run('add', words, (client, signal) => client.tokens.addModule({ path }, { signal }));
    } catch (thrown) {
      setOutcome({ kind: 'failed', heading: helpWords.addFailed, failure: failureOf(thrown) });
    }
  };
  const remove = (path: string) => {
    const words = { note: helpWords.removed(fileName(path)), failed: helpWords.removeFailed };
    return run(path, words, (client, signal) => client.tokens.removeModule({ path }, { signal }));
  };
  return (
    <section className={styles.section} aria-label={helpWords.drivers}>
      <h3>{helpWords.drivers}</h3>
      <p className={styles.quiet}>{helpWords.driverHint}</p>
      {/* Above the list, which grows and shrinks with it. */}
      {outcome && (
        <FocusPlace>
          <ErrandBanner outcome={outcome} />
        </FocusPlace>
      )}
      {modules.length === 0 && <p>{helpWords.noDriver}</p>}
      {modules.length > 0 && (
        <ul className={styles.list} aria-label={helpWords.driverList}>
          {modules.map((module) => (
            <li key={module.path} className={styles.driver} aria-label={driverName(module)}>
              <div className={styles.head}>
                <span className={styles.title}>
                  <span className={styles.strong}>{driverName(module)}</span>
                  <span className={styles.quiet}>
                    {module.path}
                    {module.source && ` (${moduleSources[module.source]})`}
                  </span>
                </span>
                <Status tone={module.ok ? 'good' : 'bad'} icon={module.ok ? 'check' : 'cross'}>
                  {module.ok ? helpWords.works : helpWords.broken}
                </Status>
              </div>
              <p>
                {module.error ? failureMessage(module.error).happened : helpWords.sees(module.tokens.length)}
              </p>
              {module.source === 'added' && (
                <ActionButton
                  icon="minus"
                  isPending={isGoing(module.path)}
                  onPress={() => void remove(module.path)}
                >
                  {helpWords.remove(fileName(module.path))}
                </ActionButton>
              )}
            </li>
          ))}
        </ul>
      )}
      <div>
        <ActionButton icon="plus" isPending={isGoing('add')} onPress={() => void add()}>
          {isGoing('add') ? helpWords.adding : helpWords.add}
        </ActionButton>
      </div>
    </section>
  );
}
