/* ntp_request_test.c — the numbers are those of the time requirements. */
#include "services/ntp/ntp_request.h"

#include "ntp_fixture.h"

enum { PORT = 40000 };

static const struct ntp_settings plain;
static const struct ntp_settings everything = {
    .has_legacy = true,
    .has_symmetric = true,
    .has_interleaved = true,
    .has_kod = true,
};

static enum ntp_request_kind
kind_of(const struct ntp_settings *settings, unsigned version, unsigned mode,
    size_t len)
{
	uint8_t packet[NTP_FIXTURE_SIZE];
	struct ntp_request request;

	return ntp_request_read(settings,
	    ntp_fixture_request(packet, version, mode, len), PORT, &request);
}

static void
versions(void **state)
{
	(void)state;
	for (unsigned version = 0; version < 8; version++)
		assert_int_equal(kind_of(&plain, version, 3, 48),
		    version == 3 || version == 4 ? NTP_REQUEST_VALID
		                                 : NTP_REQUEST_BAD_VERSION);
}

static void
legacy_versions(void **state)
{
	static const struct ntp_settings legacy = {.has_legacy = true};

	(void)state;
	for (unsigned version = 0; version < 8; version++)
		assert_int_equal(kind_of(&legacy, version, 3, 48),
		    version >= 1 && version <= 4 ? NTP_REQUEST_VALID
		                                 : NTP_REQUEST_BAD_VERSION);
	/* RFC 1059 has no modes. */
	for (unsigned version = 0; version < 8; version++)
		assert_int_equal(
		    kind_of(&legacy, version, 0, 48) == NTP_REQUEST_VALID,
		    version == 1);
	assert_int_equal(kind_of(&plain, 1, 0, 48), NTP_REQUEST_BAD_VERSION);
	for (unsigned mode = 4; mode < 8; mode++)
		assert_int_not_equal(
		    kind_of(&legacy, 1, mode, 48), NTP_REQUEST_VALID);
}

static void
version_1_between_servers(void **state)
{
	static const struct ntp_settings legacy = {.has_legacy = true};
	uint8_t packet[NTP_FIXTURE_SIZE];
	struct ntp_request request;
	struct span question = ntp_fixture_request(packet, 1, 0, 48);

	(void)state;
	assert_int_equal(ntp_request_read(&legacy, question, 123, &request),
	    NTP_REQUEST_BAD_MODE);
	assert_int_equal(ntp_request_read(&legacy, question, 124, &request),
	    NTP_REQUEST_VALID);
	assert_int_equal(request.version, 1);
	assert_int_equal(request.mode, NTP_HEADER_CLIENT);
	/* Any other request may come from there: RFC 9109 §1. */
	packet[0] = 1 << 3 | 3;
	assert_int_equal(ntp_request_read(&legacy, question, 123, &request),
	    NTP_REQUEST_VALID);
}

static void
answering_ports(void **state)
{
	static const uint16_t answering[] = {0, 7, 13, 17, 19, 37, 53, 63};
	static const uint16_t asking[] = {64, 123, 1023, 1024, 65535};
	uint8_t packet[NTP_FIXTURE_SIZE];
	struct ntp_request request;
	struct span question = ntp_fixture_request(packet, 4, 3, 48);

	(void)state;
	for (size_t i = 0; i < sizeof(answering) / sizeof(answering[0]); i++)
		assert_int_equal(ntp_request_read(&everything, question,
		                     answering[i], &request),
		    NTP_REQUEST_BAD_PORT);
	for (size_t i = 0; i < sizeof(asking) / sizeof(asking[0]); i++)
		assert_int_equal(ntp_request_read(&everything, question,
		                     asking[i], &request),
		    NTP_REQUEST_VALID);
}

static void
modes(void **state)
{
	static const enum ntp_request_kind kinds[] = {
	    NTP_REQUEST_BAD_MODE,
	    NTP_REQUEST_BAD_MODE,
	    NTP_REQUEST_BAD_MODE,
	    NTP_REQUEST_VALID,
	    NTP_REQUEST_BAD_MODE,
	    NTP_REQUEST_BAD_MODE,
	    NTP_REQUEST_CONTROL,
	    NTP_REQUEST_PRIVATE,
	};

	(void)state;
	for (unsigned mode = 0; mode < 8; mode++)
		for (unsigned version = 3; version <= 4; version++) {
			assert_int_equal(
			    kind_of(&plain, version, mode, 48), kinds[mode]);
			if (mode != NTP_HEADER_ACTIVE)
				assert_int_equal(
				    kind_of(&everything, version, mode, 48),
				    kinds[mode]);
		}
}

static void
symmetric(void **state)
{
	static const struct ntp_settings settings = {.has_symmetric = true};
	uint8_t packet[NTP_FIXTURE_SIZE];
	struct ntp_request request;

	(void)state;
	for (unsigned version = 3; version <= 4; version++) {
		/* A peer's port is 123. */
		assert_int_equal(
		    ntp_request_read(&settings,
		        ntp_fixture_request(packet, version, 1, 48), 123,
		        &request),
		    NTP_REQUEST_VALID);
		assert_int_equal(request.mode, NTP_HEADER_ACTIVE);
	}
	assert_int_equal(kind_of(&settings, 4, 2, 48), NTP_REQUEST_BAD_MODE);
	assert_int_equal(kind_of(&settings, 2, 1, 48), NTP_REQUEST_BAD_VERSION);
}

static void
control_and_private_of_any_length(void **state)
{
	(void)state;
	for (size_t len = 1; len < 100; len++) {
		assert_int_equal(
		    kind_of(&everything, 2, 6, len), NTP_REQUEST_CONTROL);
		assert_int_equal(
		    kind_of(&everything, 2, 7, len), NTP_REQUEST_PRIVATE);
	}
}

static void
short_lengths(void **state)
{
	(void)state;
	for (size_t len = 0; len < NTP_HEADER_LEN; len++)
		assert_int_equal(
		    kind_of(&everything, 4, 3, len), NTP_REQUEST_BAD_LENGTH);
}

static void
lengths_in_words(void **state)
{
	(void)state;
	for (size_t len = NTP_HEADER_LEN; len < 1300; len++)
		if (len % 4 != 0)
			assert_int_equal(kind_of(&everything, 4, 3, len),
			    NTP_REQUEST_BAD_LENGTH);
}

static void
fields_are_skipped(void **state)
{
	uint8_t packet[NTP_FIXTURE_SIZE];
	struct ntp_request request;
	struct span question = ntp_fixture_request(packet, 4, 3, 48 + 28);

	(void)state;
	bytes_put16be(packet + 50, 28);
	assert_int_equal(ntp_request_read(&plain, question, PORT, &request),
	    NTP_REQUEST_VALID);
	assert_int_equal(request.mac_len, 0);
	bytes_put16be(packet + 50, 16);
	assert_int_equal(ntp_request_read(&plain, question, PORT, &request),
	    NTP_REQUEST_BAD_EXTENSION);
}

/* The MAC is at the end, behind fields too. */
static void
place_of_the_mac(void **state)
{
	static const size_t sizes[] = {20, 24};
	uint8_t packet[NTP_FIXTURE_SIZE];
	struct ntp_request request;

	(void)state;
	for (uint16_t field = 0; field <= 512; field += 16)
		for (size_t i = 0; i < 2; i++) {
			size_t at = (size_t)NTP_HEADER_LEN + field;
			struct span question =
			    ntp_fixture_request(packet, 4, 3, at + sizes[i]);

			bytes_put16be(packet + 50, field);
			bytes_put32be(packet + at, 0xdeadbeef);
			assert_int_equal(
			    ntp_request_read(&plain, question, PORT, &request),
			    NTP_REQUEST_VALID);
			assert_int_equal(request.mac_at, at);
			assert_int_equal(request.mac_len, sizes[i]);
			assert_true(request.key_id == 0xdeadbeef);
		}
}

/* Version 3 has no fields: RFC 1305 appendix C. */
static void
mac_of_version_3(void **state)
{
	uint8_t packet[NTP_FIXTURE_SIZE];
	struct ntp_request request;

	(void)state;
	for (unsigned version = 1; version <= 3; version++)
		for (size_t len = 56; len < 120; len += 4) {
			struct span question =
			    ntp_fixture_request(packet, version, 3, len);

			bytes_put16be(packet + 50, (uint16_t)(len - 48));
			assert_int_equal(ntp_request_read(&everything, question,
			                     PORT, &request),
			    NTP_REQUEST_VALID);
			assert_int_equal(request.mac_at, 48);
			assert_int_equal(request.mac_len, len - 48);
			assert_int_equal(request.key_id, len - 48);
		}
}

static void
crypto_nak(void **state)
{
	(void)state;
	assert_int_equal(kind_of(&plain, 4, 3, 52), NTP_REQUEST_NAK);
	assert_int_equal(kind_of(&plain, 3, 3, 52), NTP_REQUEST_NAK);
}

/* Longer than UDP can carry, but the worker's limit is not this file's. */
static void
huge(void **state)
{
	static uint8_t packet[1 << 17] = {3 << 3 | 3};
	struct ntp_request request;

	(void)state;
	assert_int_equal(
	    ntp_request_read(
	        &plain, (struct span){packet, sizeof(packet)}, PORT, &request),
	    NTP_REQUEST_BAD_LENGTH);
}

static void
fields_of_the_header(void **state)
{
	uint8_t packet[NTP_FIXTURE_SIZE];
	struct ntp_request request;
	struct span question = ntp_fixture_request(packet, 4, 3, 48);

	(void)state;
	packet[NTP_HEADER_POLL] = (uint8_t)-6;
	bytes_put64be(packet + NTP_HEADER_ORIGIN, UINT64_MAX);
	bytes_put64be(packet + NTP_HEADER_RECEIVE, 2);
	assert_int_equal(ntp_request_read(&plain, question, PORT, &request),
	    NTP_REQUEST_VALID);
	assert_int_equal(request.version, 4);
	assert_int_equal(request.mode, NTP_HEADER_CLIENT);
	assert_int_equal(request.poll, -6);
	assert_true(request.origin == UINT64_MAX);
	assert_true(request.receive == 2);
	assert_true(request.transmit == NTP_FIXTURE_TRANSMIT);
	assert_int_equal(request.mac_len, 0);
	assert_false(request.is_interleaved);
}

static bool
is_interleaved(const struct ntp_settings *settings, unsigned flags,
    uint64_t origin, uint64_t receive)
{
	uint8_t packet[NTP_FIXTURE_SIZE];
	struct ntp_request request;
	struct span question =
	    ntp_fixture_request(packet, flags >> 3, flags & 7, 48);

	bytes_put64be(packet + NTP_HEADER_ORIGIN, origin);
	bytes_put64be(packet + NTP_HEADER_RECEIVE, receive);
	assert_int_equal(ntp_request_read(settings, question, PORT, &request),
	    NTP_REQUEST_VALID);
	return request.is_interleaved;
}

static void
interleaved(void **state)
{
	(void)state;
	assert_true(is_interleaved(&everything, 0x23, 1, 2));
	assert_false(is_interleaved(&plain, 0x23, 1, 2));
	assert_false(is_interleaved(&everything, 0x23, 0, 2));
	assert_false(
	    is_interleaved(&everything, 0x23, 1, NTP_FIXTURE_TRANSMIT));
	/* Version 3, and symmetric. */
	assert_false(is_interleaved(&everything, 0x1b, 1, 2));
	assert_false(is_interleaved(&everything, 0x21, 1, 2));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 2, 3, RFC 5905 §9.2: versions 3 and 4", versions),
	    TEST("TIME 4, RFC 1059: versions 1 and 2", legacy_versions),
	    TEST("TIME 4, RFC 1059: version 1 from port 123",
	        version_1_between_servers),
	    TEST("TIME 29, 44: ports that answer back", answering_ports),
	    TEST("TIME 25, 31: modes that are no request", modes),
	    TEST("TIME 28, RFC 5905 §3: symmetric active", symmetric),
	    TEST("TIME 26, 27, RFC 8633 §3.4: modes 6 and 7",
	        control_and_private_of_any_length),
	    TEST("TIME 18: under 48 bytes", short_lengths),
	    TEST("TIME 19: not in words", lengths_in_words),
	    TEST("TIME 20, RFC 7822 §3: fields", fields_are_skipped),
	    TEST("TIME 21, 22, RFC 7822 §3: where a MAC is", place_of_the_mac),
	    TEST("TIME 21, RFC 1305 §C: all behind the header is a MAC",
	        mac_of_version_3),
	    TEST("TIME 21, RFC 5905 §7.3: crypto-NAK", crypto_nak),
	    TEST("TIME 24: longer than any datagram", huge),
	    TEST("RFC 5905 §7.3: the header's fields", fields_of_the_header),
	    TEST("TIME 33, RFC 9769 §2: who asks for interleaved mode",
	        interleaved),
	};

	return cmocka_run_group_tests_name("ntp_request", tests, NULL, NULL);
}
