/* clock_mirror_fuzz.c — whatever comes from where a mirror should be, what is
 * told to clients is well-formed. An input is steps of one byte and a datagram
 * of 48: the byte says what passes before it arrives. */
#include "services/clock/clock_source.h"

#include "core/bytes.h"

#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { STEP_LEN = 1 + CLOCK_MIRROR_LEN };

static const uint64_t second_ns = CLOCK_MOMENT_SECOND_NS;

static void
check(bool is_true)
{
	if (!is_true)
		abort();
}

static void
check_state(const struct clock_source *source, const struct sync_state *state,
    const struct clock_moment *now)
{
	check(state->precision == source->precision);
	check(state->stratum < 16);
	check((state->stratum == 0) == (state->leap == SYNC_LEAP_UNKNOWN));
	if (state->stratum == 0) {
		check(source->kind == CLOCK_SOURCE_NONE);
		check(state->refid == 0 && state->reference_ns == 0);
		return;
	}
	/* Nothing in the configuration claims it. */
	check(state->stratum != 1);
	check(state->reference_ns != 0);
	check(state->reference_ns <= now->real_ns);
	check(state->read_ns == now->real_ns);
	check(state->root_delay_ns / 2 + state->root_dispersion_ns <
	      16 * second_ns);
}

/* A question, an answer to it by BYTES, and a look. */
static void
run_step(struct clock_source *source, const struct clock_settings *settings,
    const uint8_t *step, struct clock_moment *now)
{
	const struct clock_kernel_facts facts = {
	    .is_known = true,
	    .status = (step[0] & 1) != 0 ? STA_UNSYNC : 0,
	    .maxerror_us = step[0] * 1000,
	};
	uint8_t question[CLOCK_MIRROR_LEN], answer[CLOCK_MIRROR_LEN];
	uint64_t passed_ns = (uint64_t)step[0] << (step[0] & 31);

	memcpy(answer, step + 1, sizeof(answer));
	if (clock_mirror_is_due(&source->mirror, now))
		clock_mirror_ask(&source->mirror, passed_ns, now, question);
	/* Mostly its own: by chance it would not be. */
	if ((step[0] & 2) == 0)
		bytes_put64be(answer + 24, source->mirror.origin);
	now->boot_ns += passed_ns;
	now->real_ns += passed_ns;
	if ((step[0] & 0x30) == 0x30)
		now->real_ns += (uint64_t)bytes_get32be(answer + 40) << 20;
	(void)clock_mirror_take(&source->mirror,
	    (struct span){answer, step[0] == 0xff ? 47 : sizeof(answer)}, now,
	    source->precision);
	struct sync_state state =
	    clock_source_read(source, settings, &facts, now);

	check_state(source, &state, now);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct clock_settings settings = {
	    .mirror = {.in4 = {.sin_family = AF_INET},
	        .len = sizeof(struct sockaddr_in)},
	    .stratum = 10,
	    .local_stratum = size % 2 == 0 ? 0 : 5,
	    .dispersion_min_ns = 5000000,
	};
	struct clock_source source = {.precision = -24};
	struct clock_moment now = {1795226963123456789, 5000000000000};

	for (; size >= STEP_LEN && size <= 4096;
	     data += STEP_LEN, size -= STEP_LEN)
		run_step(&source, &settings, data, &now);
	return 0;
}
