import type { LinkProps } from '../host.ts';
import { Link } from './link.tsx';
import { Empty } from './notice.tsx';
import { Section } from './section.tsx';

interface User<At> {
  readonly name: string;
  readonly label: string;
  readonly at: At;
}

/** The definitions that use something. */
export function UsedBy<At>({
  users,
  to,
}: {
  readonly users: readonly User<At>[];
  readonly to: (user: User<At>) => LinkProps | undefined;
}) {
  return (
    <Section id="used-by" title="Used by">
      {users.length === 0 ? <Empty>Nothing uses it.</Empty> : null}
      <ul class="names">
        {users.map((user, index) => (
          <li key={index}>
            <Link to={to(user)}>{user.label}</Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
