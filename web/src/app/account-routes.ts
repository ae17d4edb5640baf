/** Signing up and in, and the addresses that mails lead to. */
import { createRoute } from '@tanstack/react-router';
import { providersQuery } from '../features/accounts/api.ts';
import { requireVisitor } from './guards.ts';
import { getParentRoute, page, together } from './routing.tsx';
import { nextSearch, signInSearch, tokenSearch } from './search-params.ts';

const signUpRoute = createRoute({
  getParentRoute,
  path: '/sign-up',
  validateSearch: nextSearch,
  beforeLoad: requireVisitor,
  loader: ({ context }) => together(context.queryClient.prefetchQuery(providersQuery)),
  ...page('sign-up-page', () => import('../features/accounts/sign-up-page.tsx'), 'SignUpPage'),
});

const signInRoute = createRoute({
  getParentRoute,
  path: '/sign-in',
  validateSearch: signInSearch,
  beforeLoad: requireVisitor,
  loader: ({ context }) => together(context.queryClient.prefetchQuery(providersQuery)),
  ...page('sign-in-page', () => import('../features/accounts/sign-in-page.tsx'), 'SignInPage'),
});

const forgotPasswordRoute = createRoute({
  getParentRoute,
  path: '/forgot-password',
  ...page('forgot-password-page', () => import('../features/accounts/forgot-password-page.tsx'), 'ForgotPasswordPage'),
});

const resetPasswordRoute = createRoute({
  getParentRoute,
  path: '/reset-password',
  validateSearch: tokenSearch,
  ...page('reset-password-page', () => import('../features/accounts/reset-password-page.tsx'), 'ResetPasswordPage'),
});

const verifyEmailRoute = createRoute({
  getParentRoute,
  path: '/verify-email',
  validateSearch: tokenSearch,
  ...page('verify-email-page', () => import('../features/accounts/verify-email-page.tsx'), 'VerifyEmailPage'),
});

const unsubscribeRoute = createRoute({
  getParentRoute,
  path: '/unsubscribe',
  validateSearch: tokenSearch,
  ...page('unsubscribe-page', () => import('../features/notifications/unsubscribe-page.tsx'), 'UnsubscribePage'),
});

export const accountRoutes = [
  signUpRoute,
  signInRoute,
  forgotPasswordRoute,
  resetPasswordRoute,
  verifyEmailRoute,
  unsubscribeRoute,
] as const;
