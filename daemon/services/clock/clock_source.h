/*
 * clock_source.h — whose word is told to clients: a mirror's, where one is
 * configured and speaks; the kernel's; a declared stratum of our own; nobody's.
 * Pure.
 */
#ifndef NETLAB_SERVICES_CLOCK_SOURCE_H
#define NETLAB_SERVICES_CLOCK_SOURCE_H

#include "core/sync.h"
#include "services/clock/clock_kernel.h"
#include "services/clock/clock_mirror.h"
#include "services/clock/clock_moment.h"
#include "services/clock/clock_settings.h"

#include <stdint.h>

enum clock_source_kind {
	CLOCK_SOURCE_NONE,
	CLOCK_SOURCE_MIRROR,
	CLOCK_SOURCE_KERNEL,
	CLOCK_SOURCE_LOCAL,
};

/* All that is remembered from look to look. All zeros, but for the precision:
 * nothing yet. */
struct clock_source {
	int8_t precision;            /* log2 seconds, -31 to -6 */
	enum clock_source_kind kind; /* of the last look */
	struct clock_moment read;    /* when that was */
	struct clock_kernel kernel;
	struct clock_mirror mirror;
};

/*
 * What to tell clients until the next look, which is due within a second: from
 * FACTS, read NOW, and what the mirror has said. A clock that none of the
 * sources vouches for has leap 3 and stratum 0 (RFC 5905 §7.3).
 */
struct sync_state clock_source_read(struct clock_source *source,
    const struct clock_settings *settings,
    const struct clock_kernel_facts *facts, const struct clock_moment *now);

#endif
