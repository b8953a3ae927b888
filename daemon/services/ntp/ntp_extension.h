/* ntp_extension.h — what stands behind the header of a version 4 packet:
 * extension fields, then perhaps a MAC (RFC 7822). Pure. */
#ifndef NETLAB_SERVICES_NTP_EXTENSION_H
#define NETLAB_SERVICES_NTP_EXTENSION_H

#include "core/span.h"

#include <stdbool.h>
#include <stddef.h>

/* Bytes of a MAC that is only a key id: a crypto-NAK (RFC 5905). */
enum { NTP_EXTENSION_NAK_LEN = 4 };

/*
 * Reads BYTES, all that follows the header, in words of 32 bits. True: they are
 * fields, all of which are skipped, and then *MAC_LEN bytes of a MAC, key id
 * included: 20 or 24, or 4 of a crypto-NAK, or 0. False: they are neither. By
 * RFC 7822 §3 every length has one reading.
 */
bool ntp_extension_read(struct span bytes, size_t *mac_len);

#endif
