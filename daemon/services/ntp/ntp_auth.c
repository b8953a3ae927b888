/* ntp_auth.c — MACs of requests and replies. */
#include "services/ntp/ntp_auth.h"

#include "core/bytes.h"
#include "core/ntp_header.h"

#include <assert.h>
#include <string.h>

enum { KEY_ID_LEN = 4 };

enum ntp_auth_verdict
ntp_auth_check(const struct ntp_auth *auth, struct span packet, size_t mac_at)
{
	assert(packet.len >= mac_at + KEY_ID_LEN);

	const uint8_t *mac = packet.data + mac_at;
	const struct span code = {
	    mac + KEY_ID_LEN,
	    packet.len - mac_at - KEY_ID_LEN,
	};
	size_t i = ntp_key_find(auth->keys, auth->count, bytes_get32be(mac));

	if (i == auth->count)
		return NTP_AUTH_UNKNOWN_KEY;
	return mac_check(
	           auth->macs[i], (struct span){packet.data, mac_at}, code)
	           ? NTP_AUTH_GOOD
	           : NTP_AUTH_BAD_MAC;
}

void
ntp_auth_sign(const struct ntp_auth *auth, struct space packet)
{
	assert(packet.cap >= NTP_HEADER_LEN + KEY_ID_LEN);

	uint8_t *mac = packet.data + NTP_HEADER_LEN;
	size_t code_len = packet.cap - NTP_HEADER_LEN - KEY_ID_LEN;
	size_t i = ntp_key_find(auth->keys, auth->count, bytes_get32be(mac));
	uint8_t code[MAC_SIZE_MAX];

	if (i == auth->count ||
	    mac_write(auth->macs[i], (struct span){packet.data, NTP_HEADER_LEN},
	        code) != code_len) {
		memset(mac + KEY_ID_LEN, 0, code_len);
		return;
	}
	memcpy(mac + KEY_ID_LEN, code, code_len);
}
