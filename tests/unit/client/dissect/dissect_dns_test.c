/* dissect_dns_test.c — DNS messages, field by field. */
#include "client/dissect/dissect_dns.h"

#include "client/dissect/dissect_dns_word.h"
#include "client/explain/explain_hex.h"
#include "services/dns/dns_text_type.h"

#include "dissect_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The bytes of a string literal, without its NUL. */
#define BYTES(literal)                                                         \
	((struct span){(const uint8_t *)(literal), sizeof(literal) - 1})

/* The lectures' two messages. */
static const char lecture_query[] =
    "\x1a\x2b\x04\x00\x00\x01\x00\x00\x00\x00\x00\x00"
    "\6google\3com\0\0\1\0\1";
static const char lecture_response[] =
    "\xff\x9b\x81\x80\x00\x01\x00\x02\x00\x00\x00\x00"
    "\6google\3com\0\0\1\0\1"
    "\xc0\x0c\0\1\0\1\0\0\1\4\0\4\xc0\xa5\1\1"
    "\xc0\x0c\0\1\0\1\0\0\1\4\0\4\xc0\xa5\1\12";

static const char query_text[] =
    "DNS message\n"
    "Header\n"
    "0+2 ID 0x1a2b (a response has its query's)\n"
    "2+2 Flags QR=0 OP=0 AA=1 (0x0400)\n"
    "* QR 0 (a query)\n"
    "* Opcode 0 (QUERY)\n"
    "* AA 1 (means nothing in a query)\n"
    "* TC 0\n"
    "* RD 0 (recursion is not desired)\n"
    "* RA 0\n"
    "* Z 0 (reserved)\n"
    "* AD 0\n"
    "* CD 0\n"
    "* RCODE 0 (NOERROR)\n"
    "4+2 QDCOUNT 1 (in the question section)\n"
    "6+2 ANCOUNT 0 (in the answer section)\n"
    "8+2 NSCOUNT 0 (in the authority section)\n"
    "10+2 ARCOUNT 0 (in the additional section)\n"
    "Question 1\n"
    "12+12 QNAME google.com. (6 google, 3 com, 0)\n"
    "24+2 QTYPE A (type 1)\n"
    "26+2 QCLASS IN (the Internet)\n";

static const char response_text[] =
    "DNS message\n"
    "Header\n"
    "0+2 ID 0xff9b (a response has its query's)\n"
    "2+2 Flags QR=1 OP=0 RD=1 RA=1 RCODE=0 (0x8180)\n"
    "* QR 1 (a response)\n"
    "* Opcode 0 (QUERY)\n"
    "* AA 0 (not an authoritative answer)\n"
    "* TC 0 (not truncated)\n"
    "* RD 1 (recursion is desired)\n"
    "* RA 1 (recursion is available)\n"
    "* Z 0 (reserved)\n"
    "* AD 0\n"
    "* CD 0\n"
    "* RCODE 0 (NOERROR)\n"
    "4+2 QDCOUNT 1 (in the question section)\n"
    "6+2 ANCOUNT 2 (in the answer section)\n"
    "8+2 NSCOUNT 0 (in the authority section)\n"
    "10+2 ARCOUNT 0 (in the additional section)\n"
    "Question 1\n"
    "12+12 QNAME google.com. (6 google, 3 com, 0)\n"
    "24+2 QTYPE A (type 1)\n"
    "26+2 QCLASS IN (the Internet)\n"
    "Answer 1\n"
    "28+2 NAME →12 google.com. (the name at byte 12)\n"
    "30+2 TYPE A (type 1)\n"
    "32+2 CLASS IN (the Internet)\n"
    "34+4 TTL 260 (4 min 20 s)\n"
    "38+2 RDLENGTH 4 (bytes of RDATA)\n"
    "40+4 ADDRESS 192.165.1.1\n"
    "Answer 2\n"
    "44+2 NAME →12 google.com. (the name at byte 12)\n"
    "46+2 TYPE A (type 1)\n"
    "48+2 CLASS IN (the Internet)\n"
    "50+4 TTL 260 (4 min 20 s)\n"
    "54+2 RDLENGTH 4 (bytes of RDATA)\n"
    "56+4 ADDRESS 192.165.1.10\n";

static void
the_lectures_query(void **state)
{
	(void)state;
	assert_string_equal(
	    dissect_text(BYTES(lecture_query), dissect_dns, 0), query_text);
}

static void
the_lectures_response(void **state)
{
	(void)state;
	assert_string_equal(
	    dissect_text(BYTES(lecture_response), dissect_dns, 0),
	    response_text);
}

/* RFC 2136 §2. */
static void
an_update_has_other_sections(void **state)
{
	(void)state;
	dissect_text_assert("1a2b28000001000100020000016104746573740000060001"
	                    "c00c000100ff000000000000c00c00ff00ff000000000000"
	                    "0177c00c000100010000003c0004c0000201",
	    dissect_dns, 14,
	    "4+2 ZOCOUNT 1 (in the zone section)\n"
	    "6+2 PRCOUNT 1 (in the prerequisite section)\n"
	    "8+2 UPCOUNT 2 (in the update section)\n"
	    "10+2 ADCOUNT 0 (in the additional section)\n"
	    "Zone 1\n"
	    "12+8 QNAME a.test. (1 a, 4 test, 0)\n"
	    "20+2 QTYPE SOA (type 6)\n"
	    "22+2 QCLASS IN (the Internet)\n"
	    "Prerequisite 1\n"
	    "24+2 NAME →12 a.test. (the name at byte 12)\n"
	    "26+2 TYPE A (type 1)\n"
	    "28+2 CLASS ANY (class 255)\n"
	    "30+4 TTL 0 (not to be kept)\n"
	    "34+2 RDLENGTH 0 (bytes of RDATA)\n"
	    "Update 1\n"
	    "36+2 NAME →12 a.test. (the name at byte 12)\n"
	    "38+2 TYPE ANY (type 255)\n"
	    "40+2 CLASS ANY (class 255)\n"
	    "42+4 TTL 0 (not to be kept)\n"
	    "46+2 RDLENGTH 0 (bytes of RDATA)\n"
	    "Update 2\n"
	    "48+2 NAME w.a.test. (1 w)\n"
	    "50+2 Pointer →12 a.test. (the name at byte 12)\n"
	    "52+2 TYPE A (type 1)\n"
	    "54+2 CLASS IN (the Internet)\n"
	    "56+4 TTL 60 (1 min)\n"
	    "60+2 RDLENGTH 4 (bytes of RDATA)\n"
	    "62+4 ADDRESS 192.0.2.1\n");
}

/* RFC 1035 §4.1.4. */
static void
names_that_lead_nowhere(void **state)
{
	(void)state;
	dissect_text_assert("1a2b81800001000300000000c00c000100010162c01e0001"
	                    "0001000000010000c0ff00020001000000010002c0120161"
	                    "80",
	    dissect_dns, 18,
	    "Question 1\n"
	    "12+2 ! QNAME →12 does not lead back: it may be a loop\n"
	    "14+2 QTYPE A (type 1)\n"
	    "16+2 QCLASS IN (the Internet)\n"
	    "Answer 1\n"
	    "18+4 ! NAME →30 does not lead back: it may be a loop\n"
	    "22+2 TYPE A (type 1)\n"
	    "24+2 CLASS IN (the Internet)\n"
	    "26+4 TTL 1\n"
	    "30+2 RDLENGTH 0 (bytes of RDATA)\n"
	    "32+0 ! ADDRESS truncated: 0 of 4 bytes are there\n"
	    "Answer 2\n"
	    "32+2 ! NAME →255 does not lead back: it may be a loop\n"
	    "34+2 TYPE NS (type 2)\n"
	    "36+2 CLASS IN (the Internet)\n"
	    "38+4 TTL 1\n"
	    "42+2 RDLENGTH 2 (bytes of RDATA)\n"
	    "44+2 ! NSDNAME →18 does not lead back: it may be a loop\n"
	    "Answer 3\n"
	    "46+3 ! NAME a label of a kind that there is not (0x40, 0x80)\n");
}

static void
more_than_there_is(void **state)
{
	(void)state;
	dissect_text_assert("1a2b01000003000000000001016104746573740000010001"
	                    "000001",
	    dissect_dns, 14,
	    "4+2 QDCOUNT 3 (in the question section)\n"
	    "6+2 ANCOUNT 0 (in the answer section)\n"
	    "8+2 NSCOUNT 0 (in the authority section)\n"
	    "10+2 ARCOUNT 1 (in the additional section)\n"
	    "Question 1\n"
	    "12+8 QNAME a.test. (1 a, 4 test, 0)\n"
	    "20+2 QTYPE A (type 1)\n"
	    "22+2 QCLASS IN (the Internet)\n"
	    "Question 2\n"
	    "24+1 QNAME . (the root)\n"
	    "25+2 QTYPE A (type 1)\n"
	    "27+0 ! QCLASS truncated: 0 of 2 bytes are there\n");
}

static void
what_is_missing(void **state)
{
	(void)state;
	dissect_text_assert("1a2b01000001000000000001016104746573740000010001",
	    dissect_dns, 18,
	    "Question 1\n"
	    "12+8 QNAME a.test. (1 a, 4 test, 0)\n"
	    "20+2 QTYPE A (type 1)\n"
	    "22+2 QCLASS IN (the Internet)\n"
	    "24+0 ! Additional missing: the message ends before Additional 1 "
	    "of 1\n");
}

static void
bytes_behind_the_end(void **state)
{
	(void)state;
	dissect_text_assert("1a2b01000001000000000000016104746573740000010001"
	                    "6d6f7265",
	    dissect_dns, 18,
	    "Question 1\n"
	    "12+8 QNAME a.test. (1 a, 4 test, 0)\n"
	    "20+2 QTYPE A (type 1)\n"
	    "22+2 QCLASS IN (the Internet)\n"
	    "24+4 ! Rest bytes behind the end of the message\n");
}

/* RFC 1035 §4.2.2. */
static void
messages_on_tcp(void **state)
{
	(void)state;
	dissect_text_assert("000c1a2b20800000000000000000000000141a2b20800000"
	                    "000000000000",
	    dissect_dns_tcp, 0,
	    "0+2 Length 12 (bytes of the message behind it)\n"
	    "DNS message\n"
	    "Header\n"
	    "2+2 ID 0x1a2b (a response has its query's)\n"
	    "4+2 Flags QR=0 OP=4 RA=1 (0x2080)\n"
	    "* QR 0 (a query)\n"
	    "* Opcode 4 (NOTIFY)\n"
	    "* AA 0\n"
	    "* TC 0\n"
	    "* RD 0 (recursion is not desired)\n"
	    "* RA 1 (means nothing in a query)\n"
	    "* Z 0 (reserved)\n"
	    "* AD 0\n"
	    "* CD 0\n"
	    "* RCODE 0 (NOERROR)\n"
	    "6+2 QDCOUNT 0 (in the question section)\n"
	    "8+2 ANCOUNT 0 (in the answer section)\n"
	    "10+2 NSCOUNT 0 (in the authority section)\n"
	    "12+2 ARCOUNT 0 (in the additional section)\n"
	    "14+2 Length 0 (bytes of the message behind it)\n"
	    "DNS message\n"
	    "Header\n"
	    "16+0 ! ID truncated: 0 of 2 bytes are there\n"
	    "16+2 Length 20 (bytes of the message behind it)\n"
	    "DNS message\n"
	    "Header\n"
	    "18+2 ID 0x1a2b (a response has its query's)\n"
	    "20+2 Flags QR=0 OP=4 RA=1 (0x2080)\n"
	    "* QR 0 (a query)\n"
	    "* Opcode 4 (NOTIFY)\n"
	    "* AA 0\n"
	    "* TC 0\n"
	    "* RD 0 (recursion is not desired)\n"
	    "* RA 1 (means nothing in a query)\n"
	    "* Z 0 (reserved)\n"
	    "* AD 0\n"
	    "* CD 0\n"
	    "* RCODE 0 (NOERROR)\n"
	    "22+2 QDCOUNT 0 (in the question section)\n"
	    "24+2 ANCOUNT 0 (in the answer section)\n"
	    "26+2 NSCOUNT 0 (in the authority section)\n"
	    "28+2 ARCOUNT 0 (in the additional section)\n"
	    "30+0 ! Message truncated: 12 of 20 bytes are there\n");
}

/* Of every type that has text, each field has a word. */
static void
every_type_has_words(void **state)
{
	(void)state;
	for (unsigned type = 0; type <= UINT16_MAX; type++) {
		const struct dns_text_type *known =
		    dns_text_type_find((uint16_t)type);
		const struct dissect_dns_word *word =
		    dissect_dns_word_find((uint16_t)type);
		size_t count = 0;

		assert_int_equal(known == NULL, word == NULL);
		if (known == NULL)
			continue;
		while (
		    count < DISSECT_DNS_WORD_MAX && word->names[count] != NULL)
			count++;
		assert_int_equal(count, strlen(known->fields));
		assert_int_equal(count, strlen(word->means));
	}
}

static struct span
line_of(struct dissect *dissection, struct span bytes)
{
	cover_dissect(dissection, bytes, dissect_dns);
	return dissect_summary(dissection);
}

static void
assert_line(struct span bytes, const char *expected)
{
	struct dissect dissection;
	struct span line = line_of(&dissection, bytes);

	assert_int_equal(line.len, strlen(expected));
	assert_memory_equal(line.data, expected, line.len);
	assert_string_equal(dissection.protocol, "DNS");
	show_dissect_free(&dissection);
}

static void
a_message_in_a_line(void **state)
{
	(void)state;
	assert_line(BYTES(lecture_query), "query 0x1a2b google.com. A");
	assert_line(BYTES(lecture_response),
	    "response 0xff9b NOERROR 2 answers google.com. A");
	assert_line(BYTES("\x1a\x2b\x28\0\0\1\0\0\0\0\0\0\0\0\6\0\1"),
	    "UPDATE 0x1a2b . SOA");
	assert_line(BYTES("\x1a\x2b\xa0\x0c\0\1\0\1\0\0\0\0\0\xff\0\0\3"),
	    "NOTIFY response 0x1a2b RCODE12 . CH TYPE65280");
	assert_line(BYTES("\x1a\x2b\xf8\5\0\0\0\1\0\0\0\0"),
	    "opcode 15 response 0x1a2b REFUSED 1 answer");
	assert_line(BYTES("\x1a\x2b"), "cut within its header");
}

static void
whatever_is_cut_or_changed_is_covered(void **state)
{
	(void)state;
	cover_all(BYTES(lecture_response), dissect_dns);
	cover_all(BYTES("\0\x0c\x1a\x2b\4\0\0\0\0\0\0\0\0\0\0\0\0\2a"),
	    dissect_dns_tcp);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_lectures_query),
	    cmocka_unit_test(the_lectures_response),
	    cmocka_unit_test(an_update_has_other_sections),
	    cmocka_unit_test(names_that_lead_nowhere),
	    cmocka_unit_test(more_than_there_is),
	    cmocka_unit_test(what_is_missing),
	    cmocka_unit_test(bytes_behind_the_end),
	    cmocka_unit_test(messages_on_tcp),
	    cmocka_unit_test(every_type_has_words),
	    cmocka_unit_test(a_message_in_a_line),
	    cmocka_unit_test(whatever_is_cut_or_changed_is_covered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
