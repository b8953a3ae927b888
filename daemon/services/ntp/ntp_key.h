/* ntp_key.h — the keys of symmetric authentication (RFC 5905 §7.3), as the
 * loader leaves them in the room's part: sorted by id. Pure. */
#ifndef NETLAB_SERVICES_NTP_KEY_H
#define NETLAB_SERVICES_NTP_KEY_H

#include "core/mac.h"

#include <stddef.h>
#include <stdint.h>

struct ntp_key {
	uint32_t id;  /* not 0: RFC 5905 §7.3 has it for no key at all */
	uint8_t type; /* enum mac_type */
	uint8_t len;
	uint8_t bytes[MAC_KEY_MAX];
};

/* The index in KEYS, COUNT of them in the order of their ids, of the one with
 * ID; COUNT: there is none. */
size_t ntp_key_find(const struct ntp_key *keys, size_t count, uint32_t id);

#endif
