/* ntp_request.h — what a datagram is to an NTP server, read once. Pure. */
#ifndef NETLAB_SERVICES_NTP_REQUEST_H
#define NETLAB_SERVICES_NTP_REQUEST_H

#include "core/ntp_header.h"
#include "core/span.h"
#include "services/ntp/ntp_settings.h"

#include <stdbool.h>
#include <stdint.h>

/* All but VALID get silence. */
enum ntp_request_kind {
	NTP_REQUEST_VALID,
	NTP_REQUEST_BAD_LENGTH, /* under 48 bytes, or not in words of 32 bits */
	NTP_REQUEST_BAD_VERSION, /* neither 3 nor 4, nor legacy's 1 and 2 */
	NTP_REQUEST_BAD_PORT, /* from a service that answers whatever comes */
	NTP_REQUEST_BAD_MODE, /* reserved, symmetric, server, broadcast */
	NTP_REQUEST_CONTROL,  /* mode 6: RFC 9327, not offered */
	NTP_REQUEST_PRIVATE,  /* mode 7: ntpd's own, CVE-2013-5211 */
	NTP_REQUEST_BAD_EXTENSION, /* what follows the header is no field */
	NTP_REQUEST_NAK, /* a crypto-NAK: a MAC that is only a key id */
};

/* Of a VALID one. Stamps are the client's own: any bits at all. */
struct ntp_request {
	uint64_t origin;
	uint64_t receive;
	uint64_t transmit;
	uint32_t key_id;  /* where MAC_LEN is not 0 */
	uint16_t mac_at;  /* the key id's offset: so much is authenticated */
	uint16_t mac_len; /* to the end, key id included; 0: there is none */
	uint8_t version;
	uint8_t mode; /* NTP_HEADER_CLIENT or NTP_HEADER_ACTIVE */
	int8_t poll;
	bool is_interleaved; /* asks for interleaved mode, if its origin is a
	                        receive stamp that we gave: RFC 9769 §2 */
};

/*
 * What BYTES, a whole datagram from SOURCE_PORT, is; where that is VALID, fills
 * REQUEST. A request that is longer than its header is only taken for one if
 * RFC 7822 §3 or, before version 4, RFC 1305 appendix C can read it.
 */
enum ntp_request_kind ntp_request_read(const struct ntp_settings *settings,
    struct span bytes, uint16_t source_port, struct ntp_request *request);

#endif
