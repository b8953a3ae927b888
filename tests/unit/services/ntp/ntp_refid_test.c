/* ntp_refid_test.c — reference ids in words. */
#include "services/ntp/ntp_refid.h"

#include "ntp_fixture.h"

static void
texts(void **state)
{
	char text[NTP_REFID_TEXT_MAX];

	(void)state;
	assert_string_equal(ntp_refid_text(0, 0x52415445, text), "RATE");
	assert_string_equal(ntp_refid_text(1, 0x47505300, text), "GPS");
	assert_string_equal(ntp_refid_text(1, 0x47000000, text), "G");
	assert_string_equal(ntp_refid_text(0, 0, text), "0.0.0.0");
	assert_string_equal(ntp_refid_text(2, 0x47505300, text), "71.80.83.0");
	assert_string_equal(
	    ntp_refid_text(16, UINT32_MAX, text), "255.255.255.255");
}

/* What is not four characters is not put on a terminal as such. */
static void
not_texts(void **state)
{
	const uint32_t refids[] = {0x1b5b324a, 0x41004200, 0x41200000,
	    0x4142437f, 0x00414243, 0xc3a90000};
	char text[NTP_REFID_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(refids) / sizeof(refids[0]); i++) {
		assert_false(ntp_refid_is_text(refids[i]));
		for (const char *c = ntp_refid_text(1, refids[i], text);
		     *c != '\0'; c++)
			assert_true(*c == '.' || (*c >= '0' && *c <= '9'));
	}
}

static void
meanings(void **state)
{
	(void)state;
	assert_string_equal(
	    ntp_refid_meaning(0, 0x52415445), "rate exceeded: ask less often");
	assert_string_equal(
	    ntp_refid_meaning(1, 0x47505300), "Global Positioning System");
	assert_string_equal(
	    ntp_refid_meaning(10, 0x7f7f0101), "the host's own clock");
	assert_string_equal(ntp_refid_meaning(0, 0), "none");
	/* One word per place: GPS is no kiss, and RATE no source. */
	assert_string_not_equal(
	    ntp_refid_meaning(0, 0x47505300), ntp_refid_meaning(1, 0x47505300));
	assert_string_equal(ntp_refid_meaning(1, 0x52415445),
	    "a source that RFC 5905 does not have");
	assert_string_equal(ntp_refid_meaning(2, 0xc0000201),
	    "its own server: IPv4, or MD5 of IPv6");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("RFC 5905 §7.3: characters at stratum 0 and 1", texts),
	    TEST("reference ids that are no characters", not_texts),
	    TEST("RFC 5905 Figures 12 and 13: what they mean", meanings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
