/* ntp_extension.h — what stands behind the header of a version 4 packet:
 * extension fields, then perhaps a MAC (RFC 7822). Pure. */
#ifndef NETLAB_SERVICES_NTP_EXTENSION_H
#define NETLAB_SERVICES_NTP_EXTENSION_H

#include "core/span.h"

#include <stdbool.h>
#include <stddef.h>

/* Bytes of a MAC that is only a key id: a crypto-NAK (RFC 5905). */
enum { NTP_EXTENSION_NAK_LEN = 4 };

/* What BYTES, what is left behind the header, begin with. */
enum ntp_extension_piece {
	NTP_EXTENSION_END,   /* there are none */
	NTP_EXTENSION_FIELD, /* a field */
	NTP_EXTENSION_MAC,   /* a MAC, which is all of them */
	NTP_EXTENSION_BAD,   /* neither */
};

/* Sets *LEN to that piece's bytes, type and length of a field or key id of a
 * MAC included; of a BAD one, to all that is left. */
enum ntp_extension_piece ntp_extension_next(struct span bytes, size_t *len);

/*
 * Reads BYTES, all that follows the header, in words of 32 bits. True: they are
 * fields, all of which are skipped, and then *MAC_LEN bytes of a MAC, key id
 * included: 20 or 24, or 4 of a crypto-NAK, or 0. False: they are neither. By
 * RFC 7822 §3 every length has one reading.
 */
bool ntp_extension_read(struct span bytes, size_t *mac_len);

#endif
