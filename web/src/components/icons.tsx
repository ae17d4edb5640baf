/** Line icons, drawn on a 20-unit grid. They are decoration: the text or label beside them says what they mean. */
import type { ReactNode } from 'react';

function Icon({ children, className = 'size-5' }: { children: ReactNode; className?: string }) {
  return (
    <svg
      viewBox="0 0 20 20"
      className={`${className} shrink-0`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

type Props = { className?: string };

export const CloseIcon = (props: Props) => (
  <Icon {...props}>
    <path d="m5 5 10 10M15 5 5 15" />
  </Icon>
);
export const SearchIcon = (props: Props) => (
  <Icon {...props}>
    <circle cx="8.5" cy="8.5" r="5.5" />
    <path d="m13 13 4.5 4.5" />
  </Icon>
);
export const PlusIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M10 4v12M4 10h12" />
  </Icon>
);
export const ChevronIcon = (props: Props) => (
  <Icon {...props}>
    <path d="m5 7.5 5 5 5-5" />
  </Icon>
);
export const PeopleIcon = (props: Props) => (
  <Icon {...props}>
    <circle cx="7.5" cy="7" r="3" />
    <path d="M2 17c.4-3.2 2.6-5 5.500-5s5.100 1.800 5.500 5M13.500 4.300a3 3 0 0 1 0 5.400M15.500 12.500c1.500.7 2.300 2.300 2.500 4.500" />
  </Icon>
);
export const BoardIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M3 4h14M3 10h9M3 16h12" />
  </Icon>
);
export const InboxIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M3 11.500 5 4h10l2 7.500V16H3zM3 11.500h4l1 2h4l1-2h4" />
  </Icon>
);
export const MessageIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M3.500 4.500h13v9h-7l-3.500 3v-3h-2.500zM6.500 8h7M6.500 10.500h4.500" />
  </Icon>
);
export const PlaceIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M10 18s6-5.200 6-10a6 6 0 1 0-12 0c0 4.800 6 10 6 10z" />
    <circle cx="10" cy="8" r="2" />
  </Icon>
);
export const ClockIcon = (props: Props) => (
  <Icon {...props}>
    <circle cx="10" cy="10" r="7" />
    <path d="M10 6v4.300l2.800 1.700" />
  </Icon>
);
export const CoinIcon = (props: Props) => (
  <Icon {...props}>
    <circle cx="10" cy="10" r="7" />
    <path d="M12.300 7.500c-.5-.8-1.300-1.100-2.300-1.100-1.300 0-2.200.7-2.200 1.700 0 2.500 4.600 1.200 4.600 3.700 0 1.100-1 1.800-2.400 1.800-1.100 0-2-.4-2.500-1.300M10 5v10" />
  </Icon>
);
export const FlagIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M5 18V3h9l-2 3.500 2 3.500H5" />
  </Icon>
);
export const SealIcon = (props: Props) => (
  <Icon {...props}>
    <path d="m10 2 2.200 1.600 2.700-.1.700 2.600 2.200 1.600-1 2.500 1 2.500-2.200 1.600-.7 2.600-2.700-.1L10 18.400l-2.200-1.600-2.700.1-.7-2.600-2.200-1.600 1-2.500-1-2.500 2.200-1.600.7-2.600 2.700.1z" />
    <path d="m7.300 10 2 2 3.500-4" />
  </Icon>
);
export const LinkIcon = (props: Props) => (
  <Icon {...props}>
    <path d="m8.500 11.500 3-3M9.500 6l2-2a3.200 3.200 0 0 1 4.500 4.500l-2 2M6 9.500l-2 2A3.200 3.200 0 0 0 8.500 16l2-2" />
  </Icon>
);
export const BellIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M3.500 15c1.500-1.500 1.500-3 1.500-6a5 5 0 0 1 10 0c0 3 0 4.500 1.500 6zM8.500 18h3" />
  </Icon>
);
export const CheckIcon = (props: Props) => (
  <Icon {...props}>
    <path d="m4 10.500 4 4 8-9" />
  </Icon>
);
export const DashIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M6 10h8" />
  </Icon>
);
export const GlobeIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M3 10a7 7 0 1 0 14 0 7 7 0 1 0-14 0zM3.300 8h13.400M3.300 12h13.400M10 3c-4.700 4.300-4.700 9.700 0 14 4.700-4.300 4.700-9.700 0-14z" />
  </Icon>
);
export const ListIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M3 4.500h4v4H3zM3 12h4v4H3zM10 5h7M10 8h4M10 12.500h7M10 15.500h4" />
  </Icon>
);
export const CompactIcon = (props: Props) => (
  <Icon {...props}>
    <path d="M3 4.500h14M3 8.200h14M3 11.800h14M3 15.500h14" />
  </Icon>
);
