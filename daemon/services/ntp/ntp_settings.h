/*
 * ntp_settings.h — what netlabd.conf says of ntp: the room's part of the image
 * begins with it. Written by the loader, read by workers.
 */
#ifndef NETLAB_SERVICES_NTP_SETTINGS_H
#define NETLAB_SERVICES_NTP_SETTINGS_H

#include "services/ntp/ntp_key.h"

#include <stdbool.h>
#include <stdint.h>

struct ntp_settings {
	bool has_legacy;      /* versions 1 and 2 are answered */
	bool has_symmetric;   /* so is mode 1, as if it were a client's */
	bool has_interleaved; /* RFC 9769 */
	bool has_kod;         /* who asks too often is told, now and then */
	uint32_t key_count;
	struct ntp_key keys[]; /* of those who sign, sorted by id */
};

#endif
