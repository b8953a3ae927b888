/* ntp_auth_test.c — MACs of requests and replies. The numbers are those of the
 * time requirements. */
#include "services/ntp/ntp_auth.h"

#include "ntp_fixture.h"
#include "services/ntp/ntp_request.h"

enum { KEYS = 4, ID_LEN = 4 };

/* One key of each type: 1, 2, 30 and 4294967295. */
struct fixture {
	struct ntp_key keys[KEYS];
	struct mac *macs[KEYS];
	struct ntp_auth auth;
};

static int
open_fixture(void **state)
{
	static const uint32_t ids[KEYS] = {1, 2, 30, 4294967295};
	static struct fixture fixture;

	for (unsigned i = 0; i < KEYS; i++) {
		enum mac_type type = (enum mac_type)i;
		size_t len = mac_key_size(type) == 0 ? 8 : mac_key_size(type);
		struct ntp_key *key = &fixture.keys[i];

		*key = (struct ntp_key){
		    .id = ids[i], .type = (uint8_t)i, .len = (uint8_t)len};
		memset(key->bytes, (int)(i + 'a'), len);
		fixture.macs[i] =
		    mac_open(type, (struct span){key->bytes, len});
		if (fixture.macs[i] == NULL)
			return -1;
	}
	fixture.auth = (struct ntp_auth){
	    .keys = fixture.keys, .macs = fixture.macs, .count = KEYS};
	*state = &fixture;
	return 0;
}

static int
close_fixture(void **state)
{
	struct fixture *fixture = *state;

	for (unsigned i = 0; i < KEYS; i++)
		mac_close(fixture->macs[i]);
	return 0;
}

/* A request with LEN bytes before its MAC by key INDEX. */
static struct span
request(struct fixture *fixture, unsigned index, unsigned version, size_t len,
    uint8_t packet[NTP_FIXTURE_SIZE])
{
	struct span bytes = ntp_fixture_request(packet, version, 3, len);

	for (size_t i = NTP_HEADER_LEN; i < len; i++)
		packet[i] = (uint8_t)i;
	bytes_put32be(packet + len, fixture->keys[index].id);
	size_t size =
	    mac_write(fixture->macs[index], bytes, packet + len + ID_LEN);

	assert_int_not_equal(size, 0);
	bytes.len += ID_LEN + size;
	return bytes;
}

static void
good(void **state)
{
	struct fixture *fixture = *state;
	uint8_t packet[NTP_FIXTURE_SIZE];

	for (unsigned i = 0; i < KEYS; i++)
		for (size_t len = NTP_HEADER_LEN; len <= 1232; len += 28) {
			struct span bytes = request(fixture, i, 4, len, packet);

			assert_int_equal(
			    ntp_auth_check(&fixture->auth, bytes, len),
			    NTP_AUTH_GOOD);
		}
}

static void
unknown_keys(void **state)
{
	static const uint32_t ids[] = {0, 3, 29, 31, 4294967294};
	struct fixture *fixture = *state;
	const struct ntp_auth none = {0};
	uint8_t packet[NTP_FIXTURE_SIZE];
	struct span bytes = request(fixture, 0, 4, NTP_HEADER_LEN, packet);

	assert_int_equal(
	    ntp_auth_check(&none, bytes, NTP_HEADER_LEN), NTP_AUTH_UNKNOWN_KEY);
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		bytes_put32be(packet + NTP_HEADER_LEN, ids[i]);
		assert_int_equal(
		    ntp_auth_check(&fixture->auth, bytes, NTP_HEADER_LEN),
		    NTP_AUTH_UNKNOWN_KEY);
	}
}

static void
bad_macs(void **state)
{
	struct fixture *fixture = *state;
	uint8_t packet[NTP_FIXTURE_SIZE];

	for (unsigned i = 0; i < KEYS; i++) {
		struct span bytes =
		    request(fixture, i, 4, NTP_HEADER_LEN, packet);

		for (size_t at = 0; at < bytes.len; at++) {
			packet[at] ^= 1;
			assert_int_not_equal(ntp_auth_check(&fixture->auth,
			                         bytes, NTP_HEADER_LEN),
			    NTP_AUTH_GOOD);
			packet[at] ^= 1;
		}
		/* By another key of ours. */
		bytes_put32be(
		    packet + NTP_HEADER_LEN, fixture->keys[(i + 1) % KEYS].id);
		assert_int_equal(
		    ntp_auth_check(&fixture->auth, bytes, NTP_HEADER_LEN),
		    NTP_AUTH_BAD_MAC);
	}
}

/* Cut short, among them to nothing but the key id, or longer. */
static void
wrong_lengths(void **state)
{
	struct fixture *fixture = *state;
	uint8_t packet[NTP_FIXTURE_SIZE];

	for (unsigned i = 0; i < KEYS; i++) {
		struct span bytes =
		    request(fixture, i, 4, NTP_HEADER_LEN, packet);
		size_t right = bytes.len;

		for (bytes.len = NTP_HEADER_LEN + ID_LEN; bytes.len < 100;
		     bytes.len++)
			assert_int_equal(ntp_auth_check(&fixture->auth, bytes,
			                     NTP_HEADER_LEN),
			    bytes.len == right ? NTP_AUTH_GOOD
			                       : NTP_AUTH_BAD_MAC);
	}
}

/* The place that ntp_request_read finds is the one that was signed. */
static void
read_and_checked(void **state)
{
	static const struct ntp_settings settings = {.has_legacy = true};
	struct fixture *fixture = *state;
	uint8_t packet[NTP_FIXTURE_SIZE];

	for (unsigned i = 0; i < KEYS; i++)
		for (unsigned version = 1; version <= 4; version++) {
			struct ntp_request read;
			struct span bytes = request(
			    fixture, i, version, NTP_HEADER_LEN, packet);

			assert_int_equal(
			    ntp_request_read(&settings, bytes, 40000, &read),
			    NTP_REQUEST_VALID);
			assert_int_equal(read.key_id, fixture->keys[i].id);
			assert_int_equal(
			    ntp_auth_check(&fixture->auth, bytes, read.mac_at),
			    NTP_AUTH_GOOD);
		}
}

static void
signed_replies(void **state)
{
	struct fixture *fixture = *state;
	uint8_t packet[NTP_FIXTURE_SIZE];

	for (unsigned i = 0; i < KEYS; i++) {
		struct span bytes =
		    request(fixture, i, 4, NTP_HEADER_LEN, packet);

		packet[0] = 0x24;
		packet[NTP_HEADER_TRANSMIT + 7]++;
		packet[bytes.len] = 0x5a;
		ntp_auth_sign(
		    &fixture->auth, (struct space){packet, bytes.len});
		assert_int_equal(
		    ntp_auth_check(&fixture->auth, bytes, NTP_HEADER_LEN),
		    NTP_AUTH_GOOD);
		assert_int_equal(packet[bytes.len], 0x5a);
	}
}

/* What should never be asked of it. */
static void
unsigned_replies(void **state)
{
	static const uint8_t zeros[MAC_SIZE_MAX];
	struct fixture *fixture = *state;
	uint8_t packet[NTP_FIXTURE_SIZE];
	const struct space space = {packet, NTP_HEADER_LEN + ID_LEN + 16};

	(void)request(fixture, 0, 4, NTP_HEADER_LEN, packet);
	bytes_put32be(packet + NTP_HEADER_LEN, 3);
	ntp_auth_sign(&fixture->auth, space);
	assert_memory_equal(packet + NTP_HEADER_LEN + ID_LEN, zeros, 16);
	/* SHA-1's code does not fit. */
	bytes_put32be(packet + NTP_HEADER_LEN, 4294967295);
	packet[space.cap - 1] = 1;
	ntp_auth_sign(&fixture->auth, space);
	assert_memory_equal(packet + NTP_HEADER_LEN + ID_LEN, zeros, 16);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 22, RFC 8573 §2: good MACs, behind fields too", good),
	    TEST("TIME 21, RFC 5905 §7.3: unknown keys", unknown_keys),
	    TEST("TIME 21, RFC 5905 §7.3: any wrong bit", bad_macs),
	    TEST(
	        "TIME 21, RFC 5905 §7.3: MACs of wrong lengths", wrong_lengths),
	    TEST("TIME 22: MACs of all versions are found and checked",
	        read_and_checked),
	    TEST("TIME 22, RFC 8573 §2: replies are signed as requests are",
	        signed_replies),
	    TEST("a reply without a key gets zeros", unsigned_replies),
	};

	return cmocka_run_group_tests_name(
	    "ntp_auth", tests, open_fixture, close_fixture);
}
