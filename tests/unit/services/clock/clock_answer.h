/* clock_answer.h — what an NTP server may answer to a mirror's question. */
#ifndef TESTS_CLOCK_ANSWER_H
#define TESTS_CLOCK_ANSWER_H

#include "clock_fixture.h"

#include "core/bytes.h"
#include "services/clock/clock_mirror.h"

#include <string.h>

/* A header by its fields; times are nanoseconds since 1970, 0: none. */
struct answer {
	unsigned leap, version, mode, stratum;
	uint32_t delay, dispersion; /* 16.16 */
	uint32_t refid;
	uint64_t reference, origin; /* origin: as it stands */
	uint64_t receive, transmit;
	size_t len;
};

static inline uint64_t
stamp(uint64_t unix_ns)
{
	return unix_ns == 0 ? 0
	                    : (unix_ns / second_ns + 2208988800) << 32 |
	                          (unix_ns % second_ns << 32) / second_ns;
}

static inline struct span
write_answer(const struct answer *answer, uint8_t bytes[64])
{
	memset(bytes, 0, 64);
	bytes[0] =
	    (uint8_t)(answer->leap << 6 | answer->version << 3 | answer->mode);
	bytes[1] = (uint8_t)answer->stratum;
	bytes_put32be(bytes + 4, answer->delay);
	bytes_put32be(bytes + 8, answer->dispersion);
	bytes_put32be(bytes + 12, answer->refid);
	bytes_put64be(bytes + 16, stamp(answer->reference));
	bytes_put64be(bytes + 24, answer->origin);
	bytes_put64be(bytes + 32, stamp(answer->receive));
	bytes_put64be(bytes + 40, stamp(answer->transmit));
	return (struct span){bytes, answer->len};
}

/* Answered half a millisecond after NOW, 0.1 ms of which passed in the server:
 * stratum 3, 10 ms of root delay and 20 ms of dispersion, corrected 30 s ago.
 */
static inline struct answer
good_answer(uint64_t origin, const struct clock_moment *now)
{
	return (struct answer){
	    .version = 4,
	    .mode = 4,
	    .stratum = 3,
	    .delay = 65536 / 100,
	    .dispersion = 65536 / 50,
	    .refid = 0xc0000201,
	    .reference = now->real_ns - 30 * second_ns,
	    .origin = origin,
	    .receive = now->real_ns + 200000,
	    .transmit = now->real_ns + 300000,
	    .len = 48,
	};
}

static inline struct clock_moment
half_a_millisecond_later(struct clock_moment now)
{
	now.real_ns += 500000;
	now.boot_ns += 500000;
	return now;
}

/* Asks MIRROR at NOW, and has it take CHANGED of a good answer; NULL: none. */
static inline enum clock_mirror_answer
ask_and_take(struct clock_mirror *mirror, struct clock_moment now,
    void (*change)(struct answer *))
{
	uint8_t question[CLOCK_MIRROR_LEN], bytes[64];
	struct clock_moment later = half_a_millisecond_later(now);

	clock_mirror_ask(
	    mirror, 0x1122334455667788 ^ now.boot_ns, &now, question);
	struct answer answer = good_answer(bytes_get64be(question + 40), &now);

	if (change != NULL)
		change(&answer);
	return clock_mirror_take(
	    mirror, write_answer(&answer, bytes), &later, -24);
}

static const struct clock_settings mirror_settings = {
    .mirror = {.in4 = {.sin_family = AF_INET, .sin_addr = {0x0100007f}},
        .len = sizeof(struct sockaddr_in)},
    .stratum = 10,
    .dispersion_min_ns = 5000000,
};

/* What MIRROR says at NOW, which is EXPECTED. */
static inline struct sync_state
mirror_say_at(struct clock_mirror *mirror, struct clock_moment now,
    enum clock_mirror_word expected)
{
	struct sync_state state = {0};

	assert_int_equal(
	    clock_mirror_say(mirror, &mirror_settings, &now, &state), expected);
	return state;
}

#endif
