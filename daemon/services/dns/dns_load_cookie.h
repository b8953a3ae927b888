/* dns_load_cookie.h — the secrets that cookies are made of. Loader process
 * only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_COOKIE_H
#define NETLAB_SERVICES_DNS_LOAD_COOKIE_H

#include "service.h"
#include "services/dns/dns_catalog.h"

/*
 * Fills the secrets of OUT by the cookie keys of LOAD's section: those that
 * cookie_secret names, or those in cookie_file, which is made with a random one
 * where it is missing. Without either, those of OLD, the settings in use or
 * NULL, and at a first start a random one. None where cookies are off. Mistakes
 * are told, never with a secret in them.
 */
void dns_load_cookie(struct service_load *load, const struct dns_settings *old,
    struct dns_settings *out);

/* Writes the COUNT bytes that as many pairs of hexadecimal digits at TEXT stand
 * for to OUT. The caller has checked the digits. */
void dns_load_cookie_bytes(const char *text, uint8_t *out, size_t count);

#endif
