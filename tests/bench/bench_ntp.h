/* bench_ntp.h — the NTP requests of a load: plain, interleaved (RFC 9769) or
 * with a MAC (RFC 8573), and what has to come back. */
#ifndef NETLAB_BENCH_NTP_H
#define NETLAB_BENCH_NTP_H

#include "bench_tool.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <stdbool.h>

/* Offsets in a packet, RFC 5905 Figure 8. */
enum {
	NTP_AT_ORIGIN = 24,
	NTP_AT_RECEIVE = 32,
	NTP_AT_TRANSMIT = 40,
	NTP_HEADER = 48,
	NTP_STAMP = 8,
	NTP_KEY_ID = 4,
	NTP_MAC = 16,
	NTP_ASKED_MAX = NTP_HEADER + NTP_KEY_ID + NTP_MAC,
};

/* The last two bytes of a request's times are its number. An answer's origin
 * has it, be it the one or the other of them. */
enum {
	NTP_NUMBER_ASKED = NTP_AT_TRANSMIT + 6,
	NTP_NUMBER_ANSWERED = NTP_AT_ORIGIN + 6,
	NTP_BYTE_RECEIVE = 0xed, /* what a request's times begin with */
	NTP_BYTE_TRANSMIT = 0xee,
};

struct ntp_asker {
	EVP_MAC_CTX *mac;               /* NULL: none */
	uint8_t (*received)[NTP_STAMP]; /* by source: when the server had its
	                                   last request, in its own words;
	                                   NULL: not interleaved */
	uint64_t interleaved;           /* answers of that kind */
};

/* Makes all requests carry a MAC by the key HEX, AES-128, number 1. */
static inline void
ntp_asker_set_key(struct ntp_asker *asker, const char *hex)
{
	char cipher[] = "AES-128-CBC";
	OSSL_PARAM params[] = {
	    OSSL_PARAM_construct_utf8_string(
	        OSSL_MAC_PARAM_CIPHER, cipher, sizeof(cipher) - 1),
	    OSSL_PARAM_construct_end(),
	};
	EVP_MAC *kind = EVP_MAC_fetch(NULL, "CMAC", NULL);
	uint8_t key[16];
	size_t len;

	asker->mac = EVP_MAC_CTX_new(kind);
	if (OPENSSL_hexstr2buf_ex(key, sizeof(key), &len, hex, '\0') != 1 ||
	    len != sizeof(key) ||
	    EVP_MAC_init(asker->mac, key, len, params) != 1) {
		fprintf(stderr, "'%s' is not a key of 128 bits\n", hex);
		exit(2);
	}
}

/* For requests that are interleaved, as far as the server goes along:
 * SOURCE_COUNT clients ask. */
static inline void
ntp_asker_interleave(struct ntp_asker *asker, size_t source_count)
{
	asker->received = calloc(source_count, sizeof(*asker->received));
	if (asker->received == NULL)
		bench_die("sources");
}

static inline void
ntp_put_mac(struct ntp_asker *asker, uint8_t *bytes)
{
	static const uint8_t key_id[NTP_KEY_ID] = {0, 0, 0, 1};
	size_t len;

	memcpy(bytes + NTP_HEADER, key_id, sizeof(key_id));
	if (EVP_MAC_init(asker->mac, NULL, 0, NULL) != 1 ||
	    EVP_MAC_update(asker->mac, bytes, NTP_HEADER) != 1 ||
	    EVP_MAC_final(asker->mac, bytes + NTP_HEADER + NTP_KEY_ID, &len,
	        NTP_MAC) != 1)
		bench_die("CMAC");
}

/* Writes request NUMBER of SOURCE into BYTES, which hold NTP_ASKED_MAX. Returns
 * its length. */
static inline size_t
ntp_ask(struct ntp_asker *asker, size_t source, uint16_t number, uint8_t *bytes)
{
	memset(bytes, 0, NTP_HEADER);
	bytes[0] = 0x23; /* version 4, mode 3 */
	bytes[NTP_AT_TRANSMIT] = NTP_BYTE_TRANSMIT;
	bytes[NTP_AT_TRANSMIT + 6] = (uint8_t)(number >> 8);
	bytes[NTP_AT_TRANSMIT + 7] = (uint8_t)number;
	if (asker->received != NULL) {
		memcpy(
		    bytes + NTP_AT_ORIGIN, asker->received[source], NTP_STAMP);
		bytes[NTP_AT_RECEIVE] = NTP_BYTE_RECEIVE;
		bytes[NTP_AT_RECEIVE + 6] = (uint8_t)(number >> 8);
		bytes[NTP_AT_RECEIVE + 7] = (uint8_t)number;
	}
	if (asker->mac == NULL)
		return NTP_HEADER;
	ntp_put_mac(asker, bytes);
	return NTP_ASKED_MAX;
}

/* Whether BYTES answer a request of SOURCE: as long as that was, and a
 * server's. A MAC is not looked at: the tests do that. */
static inline bool
ntp_is_answered(
    struct ntp_asker *asker, size_t source, const uint8_t *bytes, size_t len)
{
	size_t wanted = asker->mac == NULL ? NTP_HEADER : NTP_ASKED_MAX;

	if (len != wanted || (bytes[0] & 7) != 4)
		return false;
	if (asker->received != NULL) {
		memcpy(
		    asker->received[source], bytes + NTP_AT_RECEIVE, NTP_STAMP);
		if (bytes[NTP_AT_ORIGIN] == NTP_BYTE_RECEIVE)
			asker->interleaved++;
	}
	return true;
}

#endif
