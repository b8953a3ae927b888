/* ntp_signed_test.c — the door, with keys: what leaves is signed as it leaves.
 * The numbers are those of the time requirements. */
#include "services/ntp/ntp.h"

#include "ntp_fixture.h"
#include "services/ntp/ntp_auth.h"
#include "services/ntp/ntp_interleaved.h"
#include "services/ntp/ntp_settings.h"

#include <stdlib.h>
#include <time.h>

enum { KEY = 7, CODE = NTP_HEADER_LEN + 4, SIGNED = CODE + 16 };

static const struct settings_role limits;
static const uint64_t secret[2] = {1, 2};

/* The settings, and one key behind them. */
static union {
	struct ntp_settings settings;
	uint8_t bytes[sizeof(struct ntp_settings) + sizeof(struct ntp_key)];
} part;
static struct sync_page page;
static struct ntp_interleaved_table table;
static struct mac *mac;
static void *ntp; /* nothing of it is ever released, as in a worker */

static const struct service_start start = {
    .part = {part.bytes, sizeof(part.bytes)},
    .own = &table,
    .sync = &page,
    .settings = &limits,
    .key = secret,
};

static int
begin(void **state)
{
	uint64_t now_ns = (uint64_t)time(NULL) * NTP_FIXTURE_SECOND_NS;
	struct sync_state sync = ntp_fixture_synchronised();

	(void)state;
	part.settings.has_interleaved = true;
	part.settings.has_kod = true;
	part.settings.key_count = 1;
	part.settings.keys[0] = (struct ntp_key){
	    .id = KEY,
	    .type = MAC_AES128,
	    .len = 16,
	    .bytes = "0123456789abcdef",
	};
	mac = mac_open(
	    MAC_AES128, (struct span){part.settings.keys[0].bytes, 16});
	sync.read_ns = sync.reference_ns = now_ns;
	sync_publish(&page, &sync, 1000);
	ntp = ntp_service.start(&start);
	return ntp == NULL || mac == NULL ? -1 : 0;
}

static int
end(void **state)
{
	(void)state;
	mac_close(mac);
	return 0;
}

static void
sign(uint8_t packet[NTP_FIXTURE_SIZE])
{
	bytes_put32be(packet + NTP_HEADER_LEN, KEY);
	assert_int_equal(mac_write(mac, (struct span){packet, NTP_HEADER_LEN},
	                     packet + CODE),
	    16);
}

/* Asks HOOK and lets the reply depart, if there is one; returns the outcome's
 * name, or "none". */
static const char *
ask(struct reply (*hook)(void *, const struct datagram *, struct space),
    const uint8_t packet[SIGNED], uint8_t out[SIGNED], struct reply *reply)
{
	struct addr peer = {
	    .in4 = {.sin_family = AF_INET, .sin_port = htons(40000)},
	    .len = sizeof(peer.in4),
	};
	const struct datagram question = {
	    .bytes = {packet, SIGNED}, .peer = &peer, .now_ms = 1000};

	memset(out, 0, SIGNED);
	*reply = hook(ntp, &question, (struct space){out, 1280});
	if (!reply->is_silent) {
		struct departure departure = {.bytes = {out, reply->len},
		    .peer = &peer,
		    .mark = reply->mark};

		ntp_service.depart(ntp, &departure, 1);
	}
	return reply->outcome == OUTCOME_NONE
	           ? "none"
	           : ntp_service.outcomes[reply->outcome];
}

static void
expect_signed(const uint8_t out[SIGNED], const struct reply *reply)
{
	assert_false(reply->is_silent);
	assert_int_equal(reply->len, SIGNED);
	assert_int_equal(bytes_get32be(out + NTP_HEADER_LEN), KEY);
	assert_int_not_equal(bytes_get64be(out + NTP_HEADER_TRANSMIT), 0);
	assert_true(mac_check(mac, (struct span){out, NTP_HEADER_LEN},
	    (struct span){out + CODE, 16}));
}

static void
basic_and_interleaved(void **state)
{
	uint8_t packet[NTP_FIXTURE_SIZE], out[1280], last[NTP_HEADER_LEN];
	struct reply reply;

	(void)state;
	(void)ntp_fixture_request(packet, 4, NTP_HEADER_CLIENT, SIGNED);
	for (unsigned i = 0; i < 3; i++) {
		sign(packet);
		assert_string_equal(
		    ask(ntp_service.answer, packet, out, &reply), "answered");
		expect_signed(out, &reply);
		/* The origin is the transmit stamp, or in interleaved mode the
		 * receive stamp, and the transmit stamp the last reply's. */
		if (i == 0) {
			assert_memory_equal(out + NTP_HEADER_ORIGIN,
			    packet + NTP_HEADER_TRANSMIT, 8);
		} else if (i == 2) {
			assert_memory_equal(out + NTP_HEADER_ORIGIN,
			    packet + NTP_HEADER_RECEIVE, 8);
			assert_memory_equal(out + NTP_HEADER_TRANSMIT,
			    last + NTP_HEADER_TRANSMIT, 8);
		}
		memcpy(last, out, sizeof(last));
		memcpy(packet + NTP_HEADER_ORIGIN, out + NTP_HEADER_RECEIVE, 8);
		bytes_put64be(packet + NTP_HEADER_RECEIVE, i + 1);
		bytes_put64be(packet + NTP_HEADER_TRANSMIT, i + 100);
	}
}

static void
bad(void **state)
{
	uint8_t packet[NTP_FIXTURE_SIZE], out[1280];
	struct reply reply;

	(void)state;
	(void)ntp_fixture_request(packet, 4, NTP_HEADER_CLIENT, SIGNED);
	sign(packet);
	packet[SIGNED - 1] ^= 1;
	assert_string_equal(
	    ask(ntp_service.answer, packet, out, &reply), "bad_mac");
	assert_true(reply.is_silent);
	bytes_put32be(packet + NTP_HEADER_LEN, KEY + 1);
	assert_string_equal(
	    ask(ntp_service.answer, packet, out, &reply), "unknown_key");
	assert_true(reply.is_silent);
}

/* It would not be signed, and so nothing to the client. */
static void
no_kod(void **state)
{
	uint8_t packet[NTP_FIXTURE_SIZE], out[1280];
	struct reply reply;

	(void)state;
	(void)ntp_fixture_request(packet, 4, NTP_HEADER_CLIENT, SIGNED);
	sign(packet);
	assert_string_equal(
	    ask(ntp_service.limited, packet, out, &reply), "none");
	assert_true(reply.is_silent);
}

static void
bad_parts(void **state)
{
	struct service_start cut = start;

	(void)state;
	cut.part.len--;
	assert_null(ntp_service.start(&cut));
	cut.part.len++;
	part.settings.keys[0].len = 15;
	assert_null(ntp_service.start(&cut));
	part.settings.keys[0].len = 16;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 22, RFC 8573 §2: the MAC covers the stamps that leave",
	        basic_and_interleaved),
	    TEST("TIME 21, RFC 5905 §7.3: a bad MAC and an unknown key", bad),
	    TEST("no kiss-o'-death to a signed request", no_kod),
	    TEST("a part that has not all of its keys", bad_parts),
	};

	return cmocka_run_group_tests_name("ntp_signed", tests, begin, end);
}
