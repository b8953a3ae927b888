/* ntp_test.c — the door over a page of the clock's state. The numbers are those
 * of the time requirements. */
#include "services/ntp/ntp.h"

#include "ntp_fixture.h"
#include "services/ntp/ntp_interleaved.h"
#include "services/ntp/ntp_settings.h"

#include <stdlib.h>
#include <time.h>

enum { SIZE = 1280 };

static const struct settings_role limits = {.limit.interval_ms = 3000};
static const uint64_t key[2] = {1, 2};

struct fixture {
	struct ntp_interleaved_table *table;
	struct sync_page page;
	struct addr peer;
	uint64_t now_ms;
	void *ntp;
};

static struct sync_state
state_now(uint8_t stratum)
{
	uint64_t now_ns = (uint64_t)time(NULL) * NTP_FIXTURE_SECOND_NS;

	if (stratum == 0)
		return sync_unknown(-25);
	return (struct sync_state){
	    .stratum = stratum,
	    .precision = -25,
	    .refid = 0x7f7f0101,
	    .root_dispersion_ns = 5000000,
	    .read_ns = now_ns,
	    .reference_ns = now_ns,
	};
}

static void
publish(struct fixture *fixture, uint8_t stratum)
{
	struct sync_state state = state_now(stratum);

	sync_publish(&fixture->page, &state, ++fixture->now_ms);
}

static void
begin(struct fixture *fixture, const struct ntp_settings *settings)
{
	struct service_start start = {
	    .part = {(const uint8_t *)settings, sizeof(*settings)},
	    .sync = &fixture->page,
	    .settings = &limits,
	    .key = key,
	};

	*fixture = (struct fixture){.now_ms = 1000};
	fixture->table = aligned_alloc(
	    _Alignof(struct ntp_interleaved_table), sizeof(*fixture->table));
	assert_non_null(fixture->table);
	memset(fixture->table, 0, sizeof(*fixture->table));
	start.own = fixture->table;
	fixture->peer.in4 = (struct sockaddr_in){
	    .sin_family = AF_INET,
	    .sin_port = htons(40000),
	};
	fixture->peer.len = sizeof(fixture->peer.in4);
	publish(fixture, 10);
	fixture->ntp = ntp_service.start(&start);
	assert_non_null(fixture->ntp);
}

static void
end(struct fixture *fixture)
{
	free(fixture->ntp);
	free(fixture->table);
}

/* Returns whether the departure is watched. */
static bool
depart(const struct fixture *fixture, uint8_t *out, const struct reply *reply)
{
	struct departure departure = {
	    .bytes = {out, reply->len},
	    .peer = &fixture->peer,
	    .mark = reply->mark,
	};

	ntp_service.depart(fixture->ntp, &departure, 1);
	return departure.is_watched;
}

typedef struct reply answerer(void *, const struct datagram *, struct space);

/* Asks HOOK with LEN bytes whose first is FIRST; returns the outcome's name. */
static const char *
ask_by(answerer *hook, const struct fixture *fixture, unsigned first,
    size_t len, uint64_t received_ns, uint8_t out[SIZE], size_t *out_len)
{
	uint8_t packet[SIZE] = {(uint8_t)first};
	struct datagram question = {
	    .bytes = {packet, len},
	    .peer = &fixture->peer,
	    .received_ns = received_ns,
	    .now_ms = fixture->now_ms,
	};
	struct reply reply =
	    hook(fixture->ntp, &question, (struct space){out, SIZE});

	assert_true(reply.is_silent || reply.len <= len);
	if (!reply.is_silent)
		depart(fixture, out, &reply);
	*out_len = reply.is_silent ? 0 : reply.len;
	if (reply.outcome == OUTCOME_NONE)
		return "the guard's";
	for (unsigned i = 0; i < reply.outcome; i++)
		assert_non_null(ntp_service.outcomes[i]);
	return ntp_service.outcomes[reply.outcome];
}

static const char *
ask(const struct fixture *fixture, unsigned first, size_t len,
    uint64_t received_ns, uint8_t out[SIZE], size_t *out_len)
{
	return ask_by(
	    ntp_service.answer, fixture, first, len, received_ns, out, out_len);
}

static uint64_t
stamp_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return ((uint64_t)now.tv_sec + 2208988800) << 32 |
	       ((uint64_t)now.tv_nsec << 32) / 1000000000;
}

struct expected {
	unsigned first;
	size_t len;
	const char *outcome;
	size_t reply;
};

static void
expect(const struct ntp_settings *settings, answerer *hook,
    const struct expected *cases, size_t count)
{
	struct fixture fixture;
	uint8_t out[SIZE];
	size_t len;

	begin(&fixture, settings);
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(ask_by(hook, &fixture, cases[i].first,
		                        cases[i].len, 0, out, &len),
		    cases[i].outcome);
		assert_int_equal(len, cases[i].reply);
	}
	end(&fixture);
}

static void
outcomes(void **state)
{
	static const struct ntp_settings settings = {.has_interleaved = true};
	static const struct expected cases[] = {
	    {0x23, 48, "answered", 48},
	    {0x1b, 48, "answered", 48},
	    {0x23, 0, "bad_length", 0},
	    {0x23, 47, "bad_length", 0},
	    {0x23, 50, "bad_length", 0},
	    {0x13, 48, "bad_version", 0},
	    {0x2b, 48, "bad_version", 0},
	    {0x21, 48, "bad_mode", 0},
	    {0x24, 48, "bad_mode", 0},
	    {0x25, 48, "bad_mode", 0},
	    {0x16, 12, "control_mode", 0},
	    {0x17, 8, "private_mode", 0},
	    {0x23, 64, "bad_extension", 0},
	    {0x23, 1280, "bad_extension", 0},
	    {0x23, 52, "crypto_nak", 0},
	};

	(void)state;
	expect(&settings, ntp_service.answer, cases,
	    sizeof(cases) / sizeof(cases[0]));
}

static void
settings_widen_what_is_answered(void **state)
{
	static const struct ntp_settings settings = {
	    .has_legacy = true,
	    .has_symmetric = true,
	};
	static const struct expected cases[] = {
	    {0x23, 48, "answered", 48},
	    {0x13, 48, "answered", 48},
	    {0x0b, 48, "answered", 48},
	    {0x08, 48, "answered", 48},
	    {0x21, 48, "answered", 48},
	    {0x03, 48, "bad_version", 0},
	    {0x22, 48, "bad_mode", 0},
	    {0x10, 48, "bad_mode", 0},
	};

	(void)state;
	expect(&settings, ntp_service.answer, cases,
	    sizeof(cases) / sizeof(cases[0]));
}

static void
limited(void **state)
{
	static const struct ntp_settings silent = {.has_symmetric = true};
	static const struct ntp_settings telling = {
	    .has_symmetric = true,
	    .has_kod = true,
	};
	static const struct expected silences[] = {
	    {0x23, 48, "the guard's", 0},
	    {0x21, 48, "the guard's", 0},
	    {0x23, 47, "bad_length", 0},
	};
	static const struct expected told[] = {
	    {0x23, 48, "kod", 48},
	    {0x1b, 48, "kod", 48},
	    {0x21, 48, "the guard's", 0},
	    {0x24, 48, "bad_mode", 0},
	    {0x25, 48, "bad_mode", 0},
	    {0x16, 48, "control_mode", 0},
	    {0x17, 48, "private_mode", 0},
	    {0x23, 52, "crypto_nak", 0},
	};

	(void)state;
	expect(&silent, ntp_service.limited, silences,
	    sizeof(silences) / sizeof(silences[0]));
	expect(&telling, ntp_service.limited, told,
	    sizeof(told) / sizeof(told[0]));
}

static void
stamps(void **state)
{
	static const struct ntp_settings settings;
	struct fixture fixture;
	uint8_t out[SIZE];
	size_t len;

	(void)state;
	begin(&fixture, &settings);
	for (unsigned i = 0; i < 1000; i++) {
		uint64_t before = stamp_now();

		ask(&fixture, 0x23, 48, 0, out, &len);
		uint64_t after = stamp_now();
		uint64_t receive = bytes_get64be(out + 32);
		uint64_t transmit = bytes_get64be(out + 40);

		assert_true(before <= receive && receive < transmit);
		assert_true(transmit <= after);
		assert_true(bytes_get64be(out + 16) < transmit);
	}
	end(&fixture);
}

static void
kernel_stamp(void **state)
{
	static const struct ntp_settings settings;
	struct fixture fixture;
	uint8_t out[SIZE];
	size_t len;

	(void)state;
	begin(&fixture, &settings);
	ask(&fixture, 0x23, 48, 1600000000500000000, out, &len);
	assert_true(bytes_get64be(out + 32) ==
	            ((UINT64_C(1600000000) + 2208988800) << 32 |
	                UINT32_C(1) << 31 | 1));
	end(&fixture);
}

/* Asks with the three stamps of a request. */
static bool
ask_interleaved(const struct fixture *fixture, const uint64_t stamps[3],
    uint64_t received_ns, uint8_t out[SIZE])
{
	uint8_t packet[NTP_HEADER_LEN] = {0x23};
	struct datagram question = {
	    .bytes = {packet, sizeof(packet)},
	    .peer = &fixture->peer,
	    .received_ns = received_ns,
	    .now_ms = fixture->now_ms,
	};

	bytes_put64be(packet + NTP_HEADER_ORIGIN, stamps[0]);
	bytes_put64be(packet + NTP_HEADER_RECEIVE, stamps[1]);
	bytes_put64be(packet + NTP_HEADER_TRANSMIT, stamps[2]);

	struct reply reply = ntp_service.answer(
	    fixture->ntp, &question, (struct space){out, SIZE});

	assert_string_equal(ntp_service.outcomes[reply.outcome], "answered");
	assert_int_equal(reply.len, NTP_HEADER_LEN);
	return depart(fixture, out, &reply);
}

static void
interleaved(void **state)
{
	static const struct ntp_settings settings = {.has_interleaved = true};
	/* Of 2020: what was sent is known to be of now. */
	const uint64_t received_ns = 1600000000500000000;
	const uint64_t second = 1000000000;
	const uint64_t half_past =
	    (UINT64_C(1600000000) + 2208988800) << 32 | UINT32_C(1) << 31;
	struct fixture fixture;
	uint8_t out[SIZE];

	(void)state;
	begin(&fixture, &settings);
	/* The first reply, and one to a client that sends its transmit stamp
	 * back: basic, and nothing to remember. */
	assert_false(
	    ask_interleaved(&fixture, (uint64_t[]){0, 0, 7}, received_ns, out));
	uint64_t receive = bytes_get64be(out + NTP_HEADER_RECEIVE);
	uint64_t transmit = bytes_get64be(out + NTP_HEADER_TRANSMIT);

	assert_false(ask_interleaved(
	    &fixture, (uint64_t[]){transmit, 8, 9}, received_ns, out));
	assert_true(bytes_get64be(out + NTP_HEADER_ORIGIN) == 9);
	/* The second is basic, for nobody watched when the first left. */
	assert_true(ask_interleaved(
	    &fixture, (uint64_t[]){receive, 10, 11}, received_ns, out));
	assert_true(bytes_get64be(out + NTP_HEADER_ORIGIN) == 11);
	receive = bytes_get64be(out + NTP_HEADER_RECEIVE);
	transmit = bytes_get64be(out + NTP_HEADER_TRANSMIT);
	/* The kernel tells when it left. */
	struct sending sending = {
	    .bytes = {out, NTP_HEADER_LEN},
	    .peer = &fixture.peer,
	    .sent_ns = 1600000001000000000,
	};

	ntp_service.sent(fixture.ntp, &sending);
	sending.bytes.len = NTP_HEADER_LEN - 1;
	ntp_service.sent(fixture.ntp, &sending);
	/* The third says so. The replay is answered in basic mode, with a
	 * receive stamp of its own although both came at once. */
	for (unsigned i = 0; i < 2; i++) {
		assert_true(ask_interleaved(&fixture,
		    (uint64_t[]){receive, 12, 13}, received_ns + second, out));
		assert_true(bytes_get64be(out + NTP_HEADER_ORIGIN) ==
		            (i == 0 ? 12 : 13));
		assert_true(bytes_get64be(out + NTP_HEADER_RECEIVE) ==
		            half_past + (UINT64_C(1) << 32) + 1 + 2 * i);
		transmit = bytes_get64be(out + NTP_HEADER_TRANSMIT);
		assert_true(
		    (transmit == half_past + (UINT64_C(1) << 31)) == (i == 0));
	}
	/* Nothing came back of that one: when it was about to leave. */
	receive = bytes_get64be(out + NTP_HEADER_RECEIVE);
	assert_true(ask_interleaved(&fixture, (uint64_t[]){receive, 14, 15},
	    received_ns + 2 * second, out));
	assert_true(bytes_get64be(out + NTP_HEADER_ORIGIN) == 14);
	assert_true(bytes_get64be(out + NTP_HEADER_TRANSMIT) == transmit);
	end(&fixture);
}

/* One page, whose state changes under the reader. */
static void
state_changes(void **state)
{
	static const struct ntp_settings settings;
	struct fixture fixture;
	uint8_t out[SIZE];
	size_t len;

	(void)state;
	begin(&fixture, &settings);
	assert_string_equal(ask(&fixture, 0x23, 48, 0, out, &len), "answered");
	assert_int_equal(out[0], 0x24);
	/* The request's is 0. */
	assert_int_equal(out[2], 2);
	publish(&fixture, 0);
	assert_string_equal(
	    ask(&fixture, 0x23, 48, 0, out, &len), "unsynchronised");
	assert_int_equal(out[0], 0xe4);
	assert_int_equal(out[1], 0);
	publish(&fixture, 7);
	assert_string_equal(ask(&fixture, 0x23, 48, 0, out, &len), "answered");
	assert_int_equal(out[0], 0x24);
	assert_int_equal(out[1], 7);
	assert_int_equal((int8_t)out[3], -25);
	/* Nobody renews it. */
	fixture.now_ms += SYNC_STALE_MS + 1;
	assert_string_equal(
	    ask(&fixture, 0x23, 48, 0, out, &len), "unsynchronised");
	end(&fixture);
}

static void
bad_start(void **state)
{
	struct service_start start = {.part = {NULL, 0}};

	(void)state;
	assert_null(ntp_service.start(&start));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 1, 23, 24: one outcome each, no reply is longer",
	        outcomes),
	    TEST("TIME 4, 28: what legacy and symmetric add",
	        settings_widen_what_is_answered),
	    TEST("TIME 30, 31: a kiss-o'-death to clients alone", limited),
	    TEST("TIME 6, 8, RFC 5905 §8: stamps lie within the exchange",
	        stamps),
	    TEST("TIME 6: the kernel's receive stamp", kernel_stamp),
	    TEST("TIME 33, RFC 9769 §2: the third reply is interleaved",
	        interleaved),
	    TEST("TIME 9, 13, 15, 16, RFC 5905 §7.3: what the page says",
	        state_changes),
	    TEST("a start without its part fails", bad_start),
	};

	return cmocka_run_group_tests_name("ntp", tests, NULL, NULL);
}
