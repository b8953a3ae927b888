/* ntp_reply_test.c — the numbers are those of the time requirements. */
#include "services/ntp/ntp_reply.h"

#include "ntp_fixture.h"
#include "services/ntp/ntp_stamp.h"

static const uint64_t second_ns = NTP_FIXTURE_SECOND_NS;
static const uint64_t now_ns = NTP_FIXTURE_NOW_NS;

static const struct ntp_settings everything = {
    .has_legacy = true,
    .has_symmetric = true,
    .has_interleaved = true,
    .has_kod = true,
};

static struct ntp_request
request(unsigned version, unsigned mode)
{
	return (struct ntp_request){
	    .version = (uint8_t)version,
	    .mode = (uint8_t)mode,
	    .poll = 6,
	    .transmit = NTP_FIXTURE_TRANSMIT,
	};
}

/* Exactly 48 bytes, so that a write beyond them is a sanitizer's find. */
static void
reply(const struct sync_state *sync, const struct ntp_request *question,
    uint64_t received_ns, uint64_t sent_ns, uint8_t out[NTP_HEADER_LEN])
{
	struct ntp_reply_system system = ntp_reply_system(sync, sent_ns);

	ntp_reply_write(
	    &system, question, INT8_MIN, ntp_stamp(received_ns), out);
	ntp_reply_stamp(out, ntp_stamp(sent_ns));
}

static uint64_t
get_stamp(const uint8_t *packet, size_t at)
{
	return bytes_get64be(packet + at);
}

static void
header(void **state)
{
	struct sync_state sync = ntp_fixture_synchronised();
	uint8_t out[NTP_HEADER_LEN];

	(void)state;
	for (unsigned version = 1; version <= 4; version++) {
		struct ntp_request question = request(version, 3);

		reply(&sync, &question, now_ns - 10000, now_ns, out);
		assert_int_equal(out[0], version << 3 | 4);
		assert_int_equal(out[1], 10);
		assert_int_equal((int8_t)out[NTP_HEADER_PRECISION], -25);
		assert_int_equal(bytes_get32be(out + NTP_HEADER_ROOT_DELAY), 0);
		assert_int_equal(
		    bytes_get32be(out + NTP_HEADER_REFID), 0x7f7f0101);
		assert_true(get_stamp(out, NTP_HEADER_REFERENCE) ==
		            ntp_stamp(now_ns - 30 * second_ns));
	}
}

static void
reference_is_not_ahead(void **state)
{
	struct sync_state sync = ntp_fixture_synchronised();
	struct ntp_request question = request(4, 3);
	uint64_t set_back_ns = now_ns - 3600 * second_ns;
	uint8_t out[NTP_HEADER_LEN];

	(void)state;
	reply(&sync, &question, set_back_ns - 10000, set_back_ns, out);
	assert_true(
	    get_stamp(out, NTP_HEADER_REFERENCE) == ntp_stamp(set_back_ns));
	assert_true(
	    get_stamp(out, NTP_HEADER_TRANSMIT) == ntp_stamp(set_back_ns));
}

static void
leaps(void **state)
{
	struct sync_state sync = ntp_fixture_synchronised();
	struct ntp_request question = request(4, 3);
	uint8_t out[NTP_HEADER_LEN];

	(void)state;
	for (unsigned leap = 0; leap < 4; leap++) {
		sync.leap = (enum sync_leap)leap;
		reply(&sync, &question, now_ns - 1, now_ns, out);
		assert_int_equal(out[0] >> 6, leap);
	}
}

static void
symmetric(void **state)
{
	struct sync_state sync = ntp_fixture_synchronised();
	struct ntp_request question = request(4, 1);
	uint8_t out[NTP_HEADER_LEN];

	(void)state;
	reply(&sync, &question, now_ns - 1, now_ns, out);
	assert_int_equal(out[0], 4 << 3 | 2);
	assert_true(get_stamp(out, NTP_HEADER_ORIGIN) == question.transmit);
}

static void
origin(void **state)
{
	static const uint64_t stamps[] = {0, 1, UINT64_MAX, 0x8000000000000000};
	struct sync_state sync = ntp_fixture_synchronised();
	struct ntp_request question = request(4, 3);
	uint8_t out[NTP_HEADER_LEN];

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		question.transmit = stamps[i];
		reply(&sync, &question, now_ns - 1, now_ns, out);
		assert_true(get_stamp(out, NTP_HEADER_ORIGIN) == stamps[i]);
	}
}

static void
poll_is_echoed(void **state)
{
	struct sync_state sync = ntp_fixture_synchronised();
	struct ntp_reply_system system = ntp_reply_system(&sync, now_ns);
	struct ntp_request question = request(4, 3);
	uint8_t out[NTP_HEADER_LEN];

	(void)state;
	for (int poll = INT8_MIN; poll <= INT8_MAX; poll++) {
		question.poll = (int8_t)poll;
		ntp_reply_write(&system, &question, INT8_MIN, 1, out);
		assert_int_equal((int8_t)out[NTP_HEADER_POLL], poll);
		ntp_reply_write(&system, &question, 3, 1, out);
		assert_int_equal(
		    (int8_t)out[NTP_HEADER_POLL], poll < 3 ? 3 : poll);
	}
}

static void
poll_of_a_rate_limit(void **state)
{
	(void)state;
	assert_int_equal(ntp_reply_poll_min(0), INT8_MIN);
	assert_int_equal(ntp_reply_poll_min(1), -9);
	assert_int_equal(ntp_reply_poll_min(125), -3);
	assert_int_equal(ntp_reply_poll_min(126), -2);
	assert_int_equal(ntp_reply_poll_min(1000), 0);
	assert_int_equal(ntp_reply_poll_min(1001), 1);
	assert_int_equal(ntp_reply_poll_min(2000), 1);
	assert_int_equal(ntp_reply_poll_min(64000), 6);
	assert_int_equal(ntp_reply_poll_min(UINT32_MAX), 23);
}

static void
stamps_are_ordered(void **state)
{
	struct sync_state sync = ntp_fixture_synchronised();
	struct ntp_request question = request(4, 3);
	uint8_t out[NTP_HEADER_LEN];

	(void)state;
	/* As usual: both stand as they are. */
	reply(&sync, &question, now_ns - 7000, now_ns, out);
	assert_true(
	    get_stamp(out, NTP_HEADER_RECEIVE) == ntp_stamp(now_ns - 7000));
	assert_true(get_stamp(out, NTP_HEADER_TRANSMIT) == ntp_stamp(now_ns));
	/* Equal, and a clock stepped back by an hour in between. */
	for (uint64_t ahead = 0; ahead <= 3600; ahead += 3600) {
		reply(
		    &sync, &question, now_ns + ahead * second_ns, now_ns, out);
		assert_true(
		    get_stamp(out, NTP_HEADER_TRANSMIT) == ntp_stamp(now_ns));
		assert_true(get_stamp(out, NTP_HEADER_RECEIVE) ==
		            ntp_stamp(now_ns) - 1);
	}
	/* Stepped forward: the reply still has its sense, and is late. */
	reply(&sync, &question, now_ns, now_ns + 3600 * second_ns, out);
	assert_true(get_stamp(out, NTP_HEADER_RECEIVE) == ntp_stamp(now_ns));
}

static void
transmit_differs(void **state)
{
	/* Now, and the last and first instants of an era. */
	static const uint64_t times[] = {
	    NTP_FIXTURE_NOW_NS, NTP_FIXTURE_ERA_NS - 1, NTP_FIXTURE_ERA_NS};
	struct sync_state sync = ntp_fixture_synchronised();
	struct ntp_request question = request(4, 3);
	uint8_t out[NTP_HEADER_LEN];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		question.transmit = ntp_stamp(times[i]);
		reply(&sync, &question, times[i], times[i], out);
		uint64_t transmit = get_stamp(out, NTP_HEADER_TRANSMIT);

		assert_true(transmit == question.transmit + 2);
		assert_true(transmit > get_stamp(out, NTP_HEADER_RECEIVE));
	}
	/* One that would become 0. */
	bytes_put64be(out + NTP_HEADER_ORIGIN, UINT64_MAX);
	ntp_reply_stamp(out, UINT64_MAX);
	assert_true(get_stamp(out, NTP_HEADER_TRANSMIT) == 1);
	bytes_put64be(out + NTP_HEADER_ORIGIN, 1);
	ntp_reply_stamp(out, 0);
	assert_true(get_stamp(out, NTP_HEADER_TRANSMIT) == 2);
}

static void
unsynchronised(void **state)
{
	struct sync_state sync = sync_unknown(-25);
	struct ntp_request question = request(4, 3);
	uint8_t out[NTP_HEADER_LEN];

	(void)state;
	reply(&sync, &question, now_ns - 1, now_ns, out);
	assert_int_equal(out[0], 3 << 6 | 4 << 3 | 4);
	assert_int_equal(out[1], 0);
	assert_int_equal(bytes_get32be(out + NTP_HEADER_ROOT_DELAY), 1 << 16);
	assert_int_equal(
	    bytes_get32be(out + NTP_HEADER_ROOT_DISPERSION), 1 << 16);
	assert_int_equal(bytes_get32be(out + NTP_HEADER_REFID), 0);
	assert_true(get_stamp(out, NTP_HEADER_REFERENCE) == 0);
	assert_true(get_stamp(out, NTP_HEADER_TRANSMIT) == ntp_stamp(now_ns));
}

static uint32_t
dispersion(const struct sync_state *sync, uint64_t at_ns)
{
	struct ntp_reply_system system = ntp_reply_system(sync, at_ns);

	return bytes_get32be(system.bytes + NTP_HEADER_ROOT_DISPERSION);
}

static void
dispersion_grows(void **state)
{
	struct sync_state sync = ntp_fixture_synchronised();

	(void)state;
	sync.read_ns = now_ns;
	/* 5 ms and 15 µs for a second ahead, in units of 2^-16 s. */
	uint32_t first = dispersion(&sync, now_ns);

	assert_int_equal(first, 329);
	/* At least 15 ms more at 15 µs/s: 983.04. */
	uint32_t later = dispersion(&sync, now_ns + 1000 * second_ns);

	assert_in_range(later - first, 984, 1010);
	/* A clock stepped back does not shrink the bound, nor does one at the
	 * end of time break it. */
	assert_int_equal(dispersion(&sync, now_ns - 3600 * second_ns), 328);
	sync.root_dispersion_ns = UINT64_MAX / 2;
	assert_true(dispersion(&sync, UINT64_MAX) == UINT32_C(65535) << 16);
}

static void
reply_across_eras(void **state)
{
	const uint64_t rollover_ns = NTP_FIXTURE_ERA_NS;
	struct sync_state sync = ntp_fixture_synchronised();
	struct ntp_request question = request(4, 3);
	uint8_t out[NTP_HEADER_LEN];

	(void)state;
	sync.reference_ns = rollover_ns;
	sync.read_ns = rollover_ns;
	question.transmit = ntp_stamp(rollover_ns - 9000);
	reply(&sync, &question, rollover_ns - 5000, rollover_ns + 5000, out);
	assert_true(get_stamp(out, NTP_HEADER_RECEIVE) ==
	            ntp_stamp(rollover_ns - 5000));
	assert_int_equal(get_stamp(out, NTP_HEADER_TRANSMIT) >> 32, 0);
	/* 10 µs are 42949.7 units of 2^-32 s. */
	uint64_t spent = get_stamp(out, NTP_HEADER_TRANSMIT) -
	                 get_stamp(out, NTP_HEADER_RECEIVE);

	assert_in_range(spent, 42948, 42951);
	assert_true(get_stamp(out, NTP_HEADER_REFERENCE) == 1);
}

/* RFC 5905 §8: ((T2 - T1) + (T3 - T4)) / 2, here of clocks that agree, where
 * each of the four stamps in turn is the first of the new era. */
static void
clients_agree_across_eras(void **state)
{
	struct sync_state sync = ntp_fixture_synchronised();
	struct ntp_request question = request(4, 3);
	uint8_t out[NTP_HEADER_LEN];

	(void)state;
	for (uint64_t i = 0; i <= 4; i++) {
		uint64_t t1 = NTP_FIXTURE_ERA_NS - i * 1000000;
		uint64_t t4 = t1 + 3 * 1000000;

		question.transmit = ntp_stamp(t1);
		reply(&sync, &question, t1 + 1000000, t1 + 2000000, out);
		int64_t there = (int64_t)(get_stamp(out, NTP_HEADER_RECEIVE) -
		                          question.transmit);
		int64_t back = (int64_t)(get_stamp(out, NTP_HEADER_TRANSMIT) -
		                         ntp_stamp(t4));
		int64_t offset = (there + back) / 2;

		/* Two nanoseconds of rounding. */
		assert_true(offset > -9 && offset < 9);
	}
}

static void
own_replies_are_no_requests(void **state)
{
	struct sync_state sync = ntp_fixture_synchronised();
	uint8_t out[NTP_HEADER_LEN];
	struct ntp_request again;

	(void)state;
	for (unsigned version = 1; version <= 4; version++)
		for (unsigned mode = 1; mode <= 3; mode += 2) {
			struct ntp_request question = request(version, mode);

			reply(&sync, &question, now_ns - 1, now_ns, out);
			assert_int_equal(
			    ntp_request_read(&everything,
			        (struct span){out, sizeof(out)}, 40000, &again),
			    NTP_REQUEST_BAD_MODE);
			ntp_reply_kod(&question, 0, out);
			assert_int_equal(
			    ntp_request_read(&everything,
			        (struct span){out, sizeof(out)}, 40000, &again),
			    NTP_REQUEST_BAD_MODE);
		}
}

static void
kiss_of_death(void **state)
{
	uint8_t out[NTP_HEADER_LEN];

	(void)state;
	for (unsigned version = 1; version <= 4; version++) {
		struct ntp_request question = request(version, 3);

		memset(out, 0xff, sizeof(out));
		ntp_reply_kod(&question, 7, out);
		assert_int_equal(out[0], 3 << 6 | version << 3 | 4);
		assert_int_equal(out[1], 0);
		assert_int_equal(out[NTP_HEADER_POLL], 7);
		assert_memory_equal(out + NTP_HEADER_REFID, "RATE", 4);
		assert_true(get_stamp(out, NTP_HEADER_REFERENCE) == 0);
		for (size_t at = NTP_HEADER_ORIGIN; at < 48; at += 8)
			assert_true(get_stamp(out, at) == question.transmit);
	}
}

static void
who_is_told(void **state)
{
	struct ntp_request question = request(4, NTP_HEADER_CLIENT);

	(void)state;
	assert_true(ntp_reply_may_kod(&question));
	question.mac_len = 20;
	assert_false(ntp_reply_may_kod(&question));
	question = request(4, NTP_HEADER_ACTIVE);
	assert_false(ntp_reply_may_kod(&question));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 1, 2, 15, 17, RFC 5905 §7.3: the header", header),
	    TEST("TIME 8, 34: reference time of a clock set back",
	        reference_is_not_ahead),
	    TEST("TIME 14, RFC 5905 §7.3: leap indicator", leaps),
	    TEST("TIME 28, RFC 5905 §3: symmetric passive", symmetric),
	    TEST("TIME 5, RFC 5905 §8: origin", origin),
	    TEST("TIME 16: poll", poll_is_echoed),
	    TEST("TIME 16: poll of a rate limit", poll_of_a_rate_limit),
	    TEST("TIME 6: receive before transmit", stamps_are_ordered),
	    TEST("TIME 7: transmit is new", transmit_differs),
	    TEST("TIME 9, 10, RFC 5905 §7.3: unsynchronised", unsynchronised),
	    TEST("TIME 11, RFC 5905 §7.2: dispersion grows by PHI",
	        dispersion_grows),
	    TEST(
	        "TIME 35, RFC 5905 §6: a reply across eras", reply_across_eras),
	    TEST("TIME 35, RFC 5905 §8: clients agree across eras",
	        clients_agree_across_eras),
	    TEST("TIME 25: own replies", own_replies_are_no_requests),
	    TEST("TIME 30, RFC 5905 §7.4: kiss-o'-death", kiss_of_death),
	    TEST("TIME 31: who gets a kiss-o'-death", who_is_told),
	};

	return cmocka_run_group_tests_name("ntp_reply", tests, NULL, NULL);
}
