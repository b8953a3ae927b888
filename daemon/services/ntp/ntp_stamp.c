/* ntp_stamp.c — times as NTP writes them. */
#include "services/ntp/ntp_stamp.h"

#include "core/era.h"

static const uint64_t second_ns = 1000000000;

/*
 * DEVIATES: RFC 5905 §6 would have the bits below the precision random. They
 * are to keep stamps apart and free of a bias from a coarse clock. Ours gives
 * nanoseconds, whose last digits no two replies share; random bits may not
 * make a reply later than it left, so they could only be taken off, and that
 * would be a bias of half the precision. No client relies on them: what it
 * checks is its own transmit stamp, come back as origin.
 */
uint64_t
ntp_stamp(uint64_t unix_ns)
{
	uint64_t stamp = era_stamp(unix_ns);

	return stamp == 0 ? 1 : stamp;
}

uint64_t
ntp_stamp_receive(uint64_t unix_ns)
{
	return ntp_stamp(unix_ns) | 1;
}

uint64_t
ntp_stamp_transmit(uint64_t unix_ns)
{
	uint64_t stamp = ntp_stamp(unix_ns) & ~UINT64_C(1);

	return stamp == 0 ? 2 : stamp;
}

uint32_t
ntp_stamp_short(uint64_t ns)
{
	const uint64_t max_ns = 65535 * second_ns;

	if (ns > max_ns)
		ns = max_ns;
	return (uint32_t)(((ns << 16) + second_ns - 1) / second_ns);
}
