/* era.h — seconds since 1900, as RFC 868 and NTP put them into 32 bits: they
 * roll over to 0 at 2036-02-07T06:28:16Z (RFC 5905 §6). Pure. */
#ifndef NETLAB_CORE_ERA_H
#define NETLAB_CORE_ERA_H

#include "core/bytes.h"
#include "core/span.h"

#include <stdbool.h>
#include <stdint.h>

enum { ERA_DAY_SECONDS = 86400 };

/* UNIX_SECONDS, which count from 1970, in UTC. */
static inline uint32_t
era_seconds(int64_t unix_seconds)
{
	return (uint32_t)((uint64_t)unix_seconds + UINT64_C(2208988800));
}

/*
 * Whether a datagram is what a time server answers (RFC 868): four bytes that
 * are within a day of UNIX_SECONDS, in whatever era. Who answers that may talk
 * to another server until somebody pulls the plug (CVE-2024-2169).
 */
static inline bool
era_is_answer(struct span bytes, int64_t unix_seconds)
{
	if (bytes.len != 4)
		return false;
	uint32_t ahead = bytes_get32be(bytes.data) - era_seconds(unix_seconds);

	return ahead + ERA_DAY_SECONDS <= 2 * ERA_DAY_SECONDS;
}

#endif
