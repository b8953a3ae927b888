/* era.h — time since 1900, as RFC 868 and NTP write it: seconds in 32 bits,
 * which roll over to 0 at 2036-02-07T06:28:16Z (RFC 5905 §6). Pure. */
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

/* The other way: of all the times that 32 bits of SECONDS may mean, era by era,
 * the one nearest to NEAR; both since 1970. */
static inline int64_t
era_unix_seconds(uint32_t seconds, int64_t near)
{
	return near + (int32_t)(seconds - era_seconds(near));
}

/* UNIX_NS (since 1970) as NTP's 64-bit timestamp: seconds, and 2^-32 of them,
 * rounded down. May be 0, which NTP takes for no time. */
static inline uint64_t
era_stamp(uint64_t unix_ns)
{
	const uint64_t second_ns = 1000000000;
	uint64_t fraction = (unix_ns % second_ns << 32) / second_ns;

	return (uint64_t)era_seconds((int64_t)(unix_ns / second_ns)) << 32 |
	       fraction;
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
