/*
 * clock_settings.h — what the time section says for the clock room: its part of
 * the image. Written by clock_load.c, read by all else.
 */
#ifndef NETLAB_SERVICES_CLOCK_SETTINGS_H
#define NETLAB_SERVICES_CLOCK_SETTINGS_H

#include "core/addr.h"

#include <stdint.h>

struct clock_settings {
	struct addr mirror; /* of the server that is asked; len 0: none */
	uint8_t stratum;    /* of a clock that the kernel calls synchronised */
	uint8_t local_stratum;      /* of one that nobody does; 0: undeclared */
	uint32_t refid;             /* at stratum 1; 0: not given */
	uint64_t dispersion_min_ns; /* no clock is claimed to be better */
};

#endif
