/* dns_text_record_test.c — RDATA as text, which the zone scanner reads back. */
#include "services/dns/dns_name.h"
#include "services/dns/dns_text_record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "text_scan.h"

static zs_scanner_t scanner;
static char out[DNS_TEXT_MAX];

/* Writes TYPE and the RDATA that the scanner has read to OUT. */
static const char *
write_scanned(struct dns_text *text)
{
	const struct dns_text_record record = {
	    .name = scanner.r_owner,
	    .ttl = scanner.r_ttl,
	    .type = scanner.r_type,
	    .message = scanner.r_data,
	    .len = scanner.r_data_length,
	};

	*text = dns_text_open((struct space){(uint8_t *)out, sizeof(out) - 1});
	dns_text_record(text, &record);
	assert_false(text->is_full);
	out[text->len] = '\0';
	return out;
}

/* LINE is read, and written as EXPECTED; NULL: just so. */
static void
expect(const char *line, const char *expected)
{
	static const char head[] = "a.\t60\tIN\t";
	char buffer[4096];
	uint8_t rdata[1024];
	struct dns_text text;
	int len = snprintf(buffer, sizeof(buffer), "%s%s\n", head, line);

	if (!text_scan(&scanner, buffer, (size_t)len))
		fail_msg("refused: %s", line);
	assert_in_range(scanner.r_data_length, 0, sizeof(rdata));
	size_t rdata_len = scanner.r_data_length;

	memcpy(rdata, scanner.r_data, rdata_len);
	const char *written = write_scanned(&text);

	assert_memory_equal(written, head, sizeof(head) - 1);
	assert_string_equal(
	    written + sizeof(head) - 1, expected == NULL ? line : expected);
	out[text.len] = '\n';
	assert_true(text_scan(&scanner, out, text.len + 1));
	assert_int_equal(scanner.r_data_length, rdata_len);
	assert_memory_equal(scanner.r_data, rdata, rdata_len);
	out[text.len] = '\0';
	if (strstr(out, "\\#") == NULL)
		assert_true(dns_text_record_data_is_whole(
		    scanner.r_type, rdata, 0, rdata_len));
}

static void
every_type_is_written_as_it_is_read(void **state)
{
	static const char *const lines[] = {
	    "A\t192.0.2.1",
	    "NS\tns.Example.",
	    "CNAME\t.",
	    "SOA\tns. host\\.master.a. 4294967295 7200 3600 604800 300",
	    "PTR\t*.a_b.-c.1/2.",
	    "PTR\t\\035.a.",
	    "HINFO\t\"a b\" \"\"",
	    "MINFO\ta. b.",
	    "MX\t65535 mail.",
	    "TXT\t\"one string\" \"and \\\"another\\\\\" \"\" "
	    "\"\\000\\127\\255\"",
	    "RP\ta. b.",
	    "AFSDB\t1 a.",
	    "RT\t1 a.",
	    "KEY\t256 3 8 AAAA",
	    "AAAA\t2001:db8::1",
	    "AAAA\t::",
	    "AAAA\t::ffff:192.0.2.1",
	    "SRV\t0 65535 80 www.",
	    "NAPTR\t100 10 \"u\" \"E2U+sip\" \"!^.*$!sip:\\\\1@a!\" .",
	    "KX\t1 a.",
	    "CERT\t1 2 8 Zm9vYg==",
	    "DNAME\ta.b.",
	    "APL\t1:192.168.38.0/28 !1:10.0.0.0/8 2:ff00::/8 2:::/0",
	    "DS\t60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118",
	    "SSHFP\t4 2 0123456789ABCDEF",
	    "IPSECKEY\t10 0 2 . AQNR",
	    "IPSECKEY\t10 1 2 192.0.2.38 AQNR",
	    "IPSECKEY\t10 2 2 2001:db8::1 AQNR",
	    "IPSECKEY\t10 3 0 gw.",
	    "RRSIG\tTYPE731 8 2 3600 20380119031408 19700101000000 1 a. Zm9v",
	    "NSEC\tb. A NS SOA MX RRSIG NSEC DNSKEY CAA TYPE65534",
	    "DNSKEY\t257 3 13 AQNR",
	    "DHCID\tAAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=",
	    "NSEC3\t1 1 12 AABBCCDD 2vptu5timamqttgl4luu9kg21e0aor3s A RRSIG",
	    "NSEC3\t1 0 0 - 2vptu5timamqttgl4luu9kg21e0aor3s",
	    "NSEC3PARAM\t1 0 0 -",
	    "TLSA\t3 1 1 0123456789ABCDEF",
	    "SMIMEA\t3 1 1 0123456789ABCDEF",
	    "CDS\t0 0 0 00",
	    "CDNSKEY\t0 3 0 AA==",
	    "OPENPGPKEY\tAQNR",
	    "CSYNC\t66 3 A NS AAAA",
	    "ZONEMD\t2018031500 1 1 "
	    "FEBE3D4CE2EC2FFA4BA99D46CD69D6D29711E55217057BEE",
	    "SVCB\t0 a.",
	    "SVCB\t1 . mandatory=alpn,port alpn=\"h2,http/1.1\" "
	    "no-default-alpn "
	    "port=443 ipv4hint=192.0.2.1,192.0.2.2 ech=AQNR "
	    "ipv6hint=2001:db8::1,:: key7=\"/{?dns}\" key65535",
	    "HTTPS\t1 . alpn=\"h3,h2\" port=8443",
	    "SPF\t\"v=spf1 -all\"",
	    "NID\t10 0014:4FFF:FF20:EE64",
	    "L32\t10 10.1.2.0",
	    "L64\t10 2001:0DB8:1140:1000",
	    "LP\t10 l64-subnet1.a.",
	    "EUI48\t00-00-5E-00-53-2A",
	    "EUI64\t00-00-5E-EF-10-00-00-2A",
	    "URI\t10 1 \"ftp://a/\\\"x\\\"\"",
	    "CAA\t128 issue \"ca.example; account=1\"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		expect(lines[i], NULL);
}

static void
places_are_exact_rfc_1876(void **state)
{
	static const char *const lines[] = {
	    "LOC\t42 21 54.000 N 71 6 18.000 W -24.00m 30.00m 10000.00m "
	    "10.00m",
	    "LOC\t90 0 0.000 S 180 0 0.000 E 42849672.95m 0.00m 90000000.00m "
	    "0.01m",
	    "LOC\t0 0 0.001 N 0 0 59.999 E -100000.00m 1.00m 1.00m 1.00m",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		expect(lines[i], NULL);
	expect("LOC\t1 N 2 E 3", "LOC\t1 0 0.000 N 2 0 0.000 E 3.00m 1.00m "
	                         "10000.00m 10.00m");
}

static void
dns_34_rfc_3597_5_unknown_types_and_odd_data_are_hexadecimal(void **state)
{
	(void)state;
	expect("TYPE731\t\\# 0", NULL);
	expect("TYPE65280\t\\# 3 0A0B0C", NULL);
	expect("TYPE1\t\\# 4 c0000201", "A\t192.0.2.1");
	expect("A\t\\# 3 010203", NULL);
	expect("AAAA\t\\# 17 0102030405060708091011121314151617", NULL);
	expect("APL\t\\# 0", NULL);
	expect("MX\t\\# 4 00010161", NULL); /* no end of the name */
	expect("MX\t\\# 4 0001C000", NULL); /* a pointer */
	expect("TXT\t\\# 2 0561", NULL);
	expect("LOC\t\\# 16 01121613808B7D4E808B7D4E00989680", NULL);
	expect("LOC\t\\# 16 00A21613808B7D4E808B7D4E00989680", NULL);
	expect("LOC\t\\# 16 00121613FFFFFFFF808B7D4E00989680", NULL);
	/* Keys out of order; what is mandatory and missing; an odd port. */
	expect("SVCB\t\\# 13 00010000040000000300020050", NULL);
	expect("SVCB\t\\# 9 000100000000020004", NULL);
	expect("SVCB\t\\# 8 0001000003000101", NULL);
	/* What the scanner does not take as a protocol. */
	expect("SVCB\t\\# 9 000100000100020168", NULL);
	expect("NSEC\t\\# 5 00000240 00", "NSEC\t\\# 5 0000024000");
	expect("CAA\t\\# 6 0003692D7861", NULL);
}

static void
dns_32_rfc_4343_names_keep_every_byte(void **state)
{
	uint8_t name[DNS_NAME_MAX];
	size_t at = 0;

	(void)state;
	/* All 256 bytes, in the two longest names that there are: NS data. */
	for (unsigned half = 0; half < 2; half++) {
		char line[2048];
		int len;

		at = 0;
		for (unsigned byte = 0; byte < 128; byte++) {
			if (byte % 43 == 0)
				name[at++] = byte == 86 ? 42 : 43;
			name[at++] = (uint8_t)(128 * half + byte);
		}
		name[at++] = 0;
		const struct dns_text_record record = {
		    .name = name,
		    .type = 2,
		    .message = name,
		    .len = at,
		};
		struct dns_text text = dns_text_open(
		    (struct space){(uint8_t *)line, sizeof(line)});

		dns_text_record(&text, &record);
		dns_text_char(&text, '\n');
		assert_false(text.is_full);
		len = (int)text.len;
		assert_true(text_scan(&scanner, line, (size_t)len));
		assert_int_equal(scanner.r_data_length, at);
		assert_memory_equal(scanner.r_data, name, at);
		assert_int_equal(scanner.r_owner_length, at);
		assert_memory_equal(scanner.r_owner, name, at);
	}
}

static void
names_point_back_into_a_message(void **state)
{
	static const uint8_t message[] =
	    "header......\1a\2bc\0\0\1\1x\300\14\300\16\300\35\300\33";
	char buffer[64];
	struct dns_text text =
	    dns_text_open((struct space){(uint8_t *)buffer, sizeof(buffer)});

	(void)state;
	dns_text_record_data(&text, 15, message, 18, 6);
	assert_int_equal(text.len, strlen("1 x.a.bc."));
	assert_memory_equal(buffer, "1 x.a.bc.", text.len);
	text.len = 0;
	dns_text_record_data(&text, 14, message, 22, 4);
	assert_memory_equal(buffer, "a.bc. bc.", text.len);
	/* To itself, and forward. */
	text.len = 0;
	dns_text_record_data(&text, 2, message, 26, 2);
	assert_memory_equal(buffer, "\\# 2 C01D", text.len);
	text.len = 0;
	dns_text_record_data(&text, 2, message, 24, 2);
	assert_memory_equal(buffer, "bc.", text.len);
}

static void
data_that_is_not_whole(void **state)
{
	/* RDATA that is, and how much of it makes that so. */
	static const struct {
		uint16_t type;
		size_t least;
		const char *data;
		size_t len;
	} cases[] = {
	    {1, 4, "\1\2\3\4", 4},
	    {28, 16, "0123456789abcdef", 16},
	    {2, 3, "\1a\0", 3},
	    {6, 22, "\0\0abcdefghijklmnopqrst", 22},
	    {13, 3, "\1a\0", 3},
	    {15, 5, "\0\1\1a\0", 5},
	    {33, 7, "\0\1\0\2\0\3\0", 7},
	    {46, 19, "\0\1\1\1\0\0\0\1\0\0\0\2\0\0\0\3\0\4\0", 19},
	    {50, 8, "\1\0\0\1\1\252\1h", 8},
	    {108, 6, "abcdef", 6},
	    {109, 8, "abcdefgh", 8},
	    {104, 10, "\0\1abcdefgh", 10},
	    {257, 3, "\0\1a", 3},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (size_t len = 0; len <= cases[i].len; len++)
			assert_int_equal(
			    dns_text_record_data_is_whole(cases[i].type,
			        (const uint8_t *)cases[i].data, 0, len),
			    len >= cases[i].least);
	/* Nothing may be left; of strings, none may be cut. */
	assert_false(
	    dns_text_record_data_is_whole(1, (const uint8_t *)"12345", 0, 5));
	assert_true(dns_text_record_data_is_whole(
	    16, (const uint8_t *)"\1a\0\1b", 0, 5));
	assert_false(dns_text_record_data_is_whole(
	    16, (const uint8_t *)"\1a\0\2b", 0, 5));
	assert_false(
	    dns_text_record_data_is_whole(16, (const uint8_t *)"", 0, 0));
	assert_true(
	    dns_text_record_data_is_whole(65280, (const uint8_t *)"", 0, 0));
}

static void
text_stays_in_its_space(void **state)
{
	static const char line[] = "a. 60 IN TXT \"one string\" \"\\000\"\n";
	struct dns_text text;
	char buffer[64];

	(void)state;
	assert_true(text_scan(&scanner, line, sizeof(line) - 1));
	size_t whole = strlen(write_scanned(&text));

	for (size_t cap = 0; cap < whole + 2; cap++) {
		const struct dns_text_record record = {
		    .name = scanner.r_owner,
		    .ttl = 60,
		    .type = scanner.r_type,
		    .message = scanner.r_data,
		    .len = scanner.r_data_length,
		};

		memset(buffer, '#', sizeof(buffer));
		text = dns_text_open((struct space){(uint8_t *)buffer, cap});
		dns_text_record(&text, &record);
		assert_int_equal(text.is_full, cap < whole);
		assert_int_equal(text.len, cap < whole ? cap : whole);
		assert_memory_equal(buffer, out, text.len);
		assert_int_equal(buffer[cap], '#');
	}
}

static void
the_longest_text_fits(void **state)
{
	static uint8_t rdata[1 + 256 * 34];
	size_t at = 1;
	struct dns_text text =
	    dns_text_open((struct space){(uint8_t *)out, sizeof(out)});

	(void)state;
	for (unsigned window = 0; window < 256; window++) {
		rdata[at] = (uint8_t)window;
		rdata[at + 1] = 32;
		memset(rdata + at + 2, 0xff, 32);
		at += 34;
	}
	dns_text_record_data(&text, 47, rdata, 0, sizeof(rdata));
	assert_false(text.is_full);
	assert_in_range(text.len, 600 * 1024, DNS_TEXT_MAX - 2048);
	assert_memory_equal(out + text.len - 9, "TYPE65535", 9);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_type_is_written_as_it_is_read),
	    cmocka_unit_test(places_are_exact_rfc_1876),
	    cmocka_unit_test(
	        dns_34_rfc_3597_5_unknown_types_and_odd_data_are_hexadecimal),
	    cmocka_unit_test(dns_32_rfc_4343_names_keep_every_byte),
	    cmocka_unit_test(names_point_back_into_a_message),
	    cmocka_unit_test(data_that_is_not_whole),
	    cmocka_unit_test(text_stays_in_its_space),
	    cmocka_unit_test(the_longest_text_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
