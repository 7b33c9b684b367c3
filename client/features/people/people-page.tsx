/** Agencies and people of this server, for administrators: the accounts that hosts then invite into cases. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Agency, Person } from '../../../shared/api.ts';
import { useWords } from '../../language/use-words.ts';
import type { PersonSession } from '../../replica/contract.ts';
import { useObservable } from '../../replica/hooks.ts';
import { Chip } from '../../ui/chip.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Face } from '../../ui/face.tsx';
import text from '../../ui/page-text.module.css';
import { Path } from '../../ui/path.tsx';
import { Page } from '../../ui/shell.tsx';
import table from '../../ui/table.module.css';
import { AgencyForm } from './agency-form.tsx';
import { PersonForm } from './person-form.tsx';

export function PeoplePage({ session, onFirstSteps }: { session: PersonSession; onFirstSteps: () => void }) {
  const say = useWords();
  const directory = useObservable(session.catalogue.directory);
  const [agency, setAgency] = useState<Agency | 'new' | null>(null);
  const [person, setPerson] = useState<Person | 'new' | null>(null);
  const nameOf = (agencyId: string) =>
    directory.agencies.find((each) => each.agencyId === agencyId)?.shortName ?? agencyId;

  return (
    <Page
      path={<Path above={[]} here={say('people.title')} />}
      acts={
        session.me.person.isAdministrator && (
          <Button variant="subtle" onClick={onFirstSteps}>
            {say('firstSteps.again')}
          </Button>
        )
      }
    >
      {session.me.person.isAdministrator ? (
        <div className={text.column}>
          <h1 className={text.title}>{say('people.title')}</h1>
          <section aria-labelledby="agencies-heading">
            <div className={text.heading}>
              <h2 id="agencies-heading">{say('people.agencies')}</h2>
              <Button variant="default" onClick={() => setAgency('new')}>
                {say('people.addAgency')}
              </Button>
            </div>
            <div className={table.frame}>
              <table className={table.table}>
                <thead>
                  <tr>
                    <th scope="col">{say('people.agencyName')}</th>
                    <th scope="col" className={table.lesser} style={{ width: '24%' }}>
                      {say('people.agencyShortName')}
                    </th>
                    <th scope="col" className={table.lesser} style={{ width: '16%' }}>
                      {say('people.agencyMark')}
                    </th>
                    <th scope="col" style={{ width: 96 }}>
                      {' '}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {directory.agencies.map((each) => (
                    <tr key={each.agencyId} className={table.middle}>
                      <td>
                        {each.name}
                        <div className={table.below}>
                          <span>{each.shortName}</span>
                          <span>{each.mark}</span>
                        </div>
                      </td>
                      <td className={table.lesser}>{each.shortName}</td>
                      <td className={table.lesser}>{each.mark}</td>
                      <td>
                        <ChangeButton name={each.name} onClick={() => setAgency(each)} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </section>
          <section aria-labelledby="people-heading">
            <div className={text.heading}>
              <h2 id="people-heading">{say('people.people')}</h2>
              <Button variant="default" onClick={() => setPerson('new')}>
                {say('people.addPerson')}
              </Button>
            </div>
            <div className={table.frame}>
              <table className={table.table}>
                <thead>
                  <tr>
                    <th scope="col" style={{ width: '36%' }}>
                      {say('people.personName')}
                    </th>
                    <th scope="col">{say('people.personAgencies')}</th>
                    <th scope="col" style={{ width: 96 }}>
                      {' '}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {directory.people.map((each) => (
                    <tr key={each.personId} className={table.middle}>
                      <td>
                        <span style={{ display: 'inline-flex', gap: 8, alignItems: 'center', flexWrap: 'wrap' }}>
                          <Face person={each} size={24} />
                          {each.name}
                          {each.isAdministrator && <Chip>{say('account.administrator')}</Chip>}
                        </span>
                      </td>
                      <td>{each.agencyIds.map(nameOf).join(say('general.separator'))}</td>
                      <td>
                        <ChangeButton name={each.name} onClick={() => setPerson(each)} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </section>
          {agency !== null && <AgencyForm session={session} agency={agency} onClose={() => setAgency(null)} />}
          {person !== null && <PersonForm session={session} person={person} onClose={() => setPerson(null)} />}
        </div>
      ) : (
        <EmptyState title={say('people.onlyAdministrators')} next={say('people.onlyAdministratorsNext')} />
      )}
    </Page>
  );
}

function ChangeButton({ name, onClick }: { name: string; onClick: () => void }) {
  const say = useWords();
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      aria-label={say('people.changeOf', { name })}
      onClick={onClick}
    >
      {say('general.change')}
    </Button>
  );
}
