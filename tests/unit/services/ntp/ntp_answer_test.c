/* ntp_answer_test.c — what a client takes for an answer, and which it trusts.
 */
#include "services/ntp/ntp_answer.h"

#include "ntp_fixture.h"
#include "services/ntp/ntp_query.h"

/* A query, and a good answer to it that a test then spoils. */
struct exchange {
	uint8_t query[NTP_HEADER_LEN];
	uint8_t packet[NTP_FIXTURE_SIZE];
	size_t len;
};

static struct exchange
exchange_of(unsigned version)
{
	struct exchange it = {.len = NTP_HEADER_LEN};
	uint64_t stamp = UINT64_C(0xeeac7d532ea23316);

	ntp_query(it.query, version, NTP_FIXTURE_TRANSMIT);
	it.packet[0] = (uint8_t)(version << 3 | NTP_HEADER_SERVER);
	it.packet[NTP_HEADER_STRATUM] = 2;
	it.packet[NTP_HEADER_POLL] = 6;
	it.packet[NTP_HEADER_PRECISION] = (uint8_t)-25;
	bytes_put32be(it.packet + NTP_HEADER_ROOT_DELAY, 0x8000);
	bytes_put32be(it.packet + NTP_HEADER_ROOT_DISPERSION, 0x4000);
	bytes_put32be(it.packet + NTP_HEADER_REFID, 0xc0000201);
	bytes_put64be(it.packet + NTP_HEADER_REFERENCE, stamp - 9);
	bytes_put64be(it.packet + NTP_HEADER_ORIGIN, NTP_FIXTURE_TRANSMIT);
	bytes_put64be(it.packet + NTP_HEADER_RECEIVE, stamp);
	bytes_put64be(it.packet + NTP_HEADER_TRANSMIT, stamp + 9);
	return it;
}

static enum ntp_answer_kind
kind_of(const struct exchange *it)
{
	struct ntp_answer answer;

	return ntp_answer_read(
	    it->query, (struct span){it->packet, it->len}, &answer);
}

static void
query(void **state)
{
	uint8_t packet[NTP_HEADER_LEN];

	(void)state;
	for (unsigned version = 1; version <= 4; version++) {
		ntp_query(packet, version, NTP_FIXTURE_TRANSMIT);
		assert_int_equal(
		    packet[0], version << 3 | (version == 1 ? 0 : 3));
		for (size_t i = 1; i < NTP_HEADER_TRANSMIT; i++)
			assert_int_equal(packet[i], 0);
		assert_true(bytes_get64be(packet + NTP_HEADER_TRANSMIT) ==
		            NTP_FIXTURE_TRANSMIT);
	}
}

static void
good(void **state)
{
	struct exchange it = exchange_of(4);
	struct ntp_answer answer;

	(void)state;
	assert_int_equal(ntp_answer_read(it.query,
	                     (struct span){it.packet, it.len}, &answer),
	    NTP_ANSWER_GOOD);
	assert_int_equal(answer.leap, SYNC_LEAP_NONE);
	assert_int_equal(answer.version, 4);
	assert_int_equal(answer.mode, NTP_HEADER_SERVER);
	assert_int_equal(answer.stratum, 2);
	assert_int_equal(answer.poll, 6);
	assert_int_equal(answer.precision, -25);
	assert_int_equal(answer.root_delay, 0x8000);
	assert_int_equal(answer.root_dispersion, 0x4000);
	assert_int_equal(answer.refid, 0xc0000201);
	assert_true(answer.transmit - answer.reference == 18);
	assert_int_equal(ntp_answer_distance(&answer), 0x8000);
	for (unsigned version = 1; version < 4; version++) {
		it = exchange_of(version);
		assert_int_equal(kind_of(&it), NTP_ANSWER_GOOD);
	}
}

static void
versions_and_modes(void **state)
{
	struct exchange it = exchange_of(4);

	(void)state;
	for (unsigned mode = 0; mode < 8; mode++) {
		it.packet[0] = (uint8_t)(4 << 3 | mode);
		assert_int_equal(kind_of(&it),
		    mode == 4 ? NTP_ANSWER_GOOD : NTP_ANSWER_MODE);
	}
	for (unsigned version = 0; version < 8; version++) {
		it.packet[0] = (uint8_t)(version << 3 | NTP_HEADER_SERVER);
		assert_int_equal(kind_of(&it), version >= 1 && version <= 4
		                                   ? NTP_ANSWER_GOOD
		                                   : NTP_ANSWER_VERSION);
	}
	it = exchange_of(3);
	it.packet[0] = 4 << 3 | NTP_HEADER_SERVER;
	assert_int_equal(kind_of(&it), NTP_ANSWER_VERSION);
	/* RFC 1059 has no modes. */
	it = exchange_of(1);
	it.packet[0] = 1 << 3;
	assert_int_equal(kind_of(&it), NTP_ANSWER_GOOD);
}

static void
others(void **state)
{
	struct exchange it = exchange_of(4);

	(void)state;
	for (size_t i = 0; i < 8; i++) {
		it.packet[NTP_HEADER_ORIGIN + i] ^= 1;
		assert_int_equal(kind_of(&it), NTP_ANSWER_OTHER);
		it.packet[NTP_HEADER_ORIGIN + i] ^= 1;
	}
	/* Whatever else is wrong with it. */
	it.packet[0] = 0xff;
	it.packet[NTP_HEADER_ORIGIN] ^= 1;
	assert_int_equal(kind_of(&it), NTP_ANSWER_OTHER);
}

static void
lengths(void **state)
{
	struct exchange it = exchange_of(4);

	(void)state;
	for (it.len = 0; it.len < NTP_HEADER_LEN; it.len++)
		assert_int_equal(kind_of(&it), NTP_ANSWER_SHORT);
	it.len = NTP_HEADER_LEN + 1;
	assert_int_equal(kind_of(&it), NTP_ANSWER_EXTENSION);
	it.len = NTP_HEADER_LEN + 20;
	assert_int_equal(kind_of(&it), NTP_ANSWER_GOOD);
	/* Before version 4 all of it is a MAC. */
	it = exchange_of(3);
	it.len = NTP_HEADER_LEN + 1;
	assert_int_equal(kind_of(&it), NTP_ANSWER_GOOD);
}

static void
kisses(void **state)
{
	struct exchange it = exchange_of(4);

	(void)state;
	it.packet[0] |= SYNC_LEAP_UNKNOWN << 6;
	it.packet[NTP_HEADER_STRATUM] = 0;
	bytes_put32be(it.packet + NTP_HEADER_REFID, NTP_HEADER_KISS_RATE);
	assert_int_equal(kind_of(&it), NTP_ANSWER_KISS);
	/* It needs no times. */
	bytes_put64be(it.packet + NTP_HEADER_TRANSMIT, 0);
	assert_int_equal(kind_of(&it), NTP_ANSWER_KISS);
	/* But an origin. */
	bytes_put64be(it.packet + NTP_HEADER_ORIGIN, 0);
	assert_int_equal(kind_of(&it), NTP_ANSWER_OTHER);
}

static void
unsynchronised(void **state)
{
	struct exchange it = exchange_of(4);

	(void)state;
	it.packet[0] |= SYNC_LEAP_UNKNOWN << 6;
	assert_int_equal(kind_of(&it), NTP_ANSWER_UNSYNCHRONISED);
	for (unsigned stratum = 16; stratum < 256; stratum++) {
		it = exchange_of(4);
		it.packet[NTP_HEADER_STRATUM] = (uint8_t)stratum;
		assert_int_equal(kind_of(&it), NTP_ANSWER_UNSYNCHRONISED);
	}
	/* What chronyd and ntpd send while they are. */
	it.packet[NTP_HEADER_STRATUM] = 0;
	bytes_put32be(it.packet + NTP_HEADER_REFID, 0);
	assert_int_equal(kind_of(&it), NTP_ANSWER_UNSYNCHRONISED);
	bytes_put32be(it.packet + NTP_HEADER_REFID, 0x494e4954);
	assert_int_equal(kind_of(&it), NTP_ANSWER_UNSYNCHRONISED);
}

static void
untrusted(void **state)
{
	struct exchange it = exchange_of(4);

	(void)state;
	bytes_put32be(it.packet + NTP_HEADER_ROOT_DISPERSION, 0xfbfff);
	assert_int_equal(kind_of(&it), NTP_ANSWER_GOOD);
	bytes_put32be(it.packet + NTP_HEADER_ROOT_DISPERSION, 0xfc000);
	assert_int_equal(kind_of(&it), NTP_ANSWER_DISTANT);
	bytes_put32be(it.packet + NTP_HEADER_ROOT_DISPERSION, UINT32_MAX);
	bytes_put32be(it.packet + NTP_HEADER_ROOT_DELAY, UINT32_MAX);
	assert_int_equal(kind_of(&it), NTP_ANSWER_DISTANT);
	it = exchange_of(4);
	bytes_put64be(
	    it.packet + NTP_HEADER_REFERENCE, UINT64_C(0xefac7d532ea23316));
	assert_int_equal(kind_of(&it), NTP_ANSWER_BACKWARD);
	/* It does not say when. */
	bytes_put64be(it.packet + NTP_HEADER_REFERENCE, 0);
	assert_int_equal(kind_of(&it), NTP_ANSWER_GOOD);
}

static void
timeless(void **state)
{
	struct exchange it = exchange_of(4);

	(void)state;
	bytes_put64be(it.packet + NTP_HEADER_TRANSMIT, 0);
	assert_int_equal(kind_of(&it), NTP_ANSWER_TIMELESS);
	it = exchange_of(4);
	bytes_put64be(it.packet + NTP_HEADER_RECEIVE, 0);
	assert_int_equal(kind_of(&it), NTP_ANSWER_TIMELESS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("a query says nothing but its transmit stamp", query),
	    TEST("a good answer, and what it says", good),
	    TEST("RFC 5905 §7.3: only a server's, of our version or an older",
	        versions_and_modes),
	    TEST("RFC 5905 §8: another origin is not our answer", others),
	    TEST("RFC 7822 §3: short, or with nonsense behind", lengths),
	    TEST("RFC 5905 §7.4: a kiss-o'-death", kisses),
	    TEST("RFC 5905 §7.3: not synchronised", unsynchronised),
	    TEST("RFC 5905 appendix A.5.1.1: not to be trusted", untrusted),
	    TEST("an answer without a time", timeless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
