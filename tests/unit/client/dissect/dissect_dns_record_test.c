/* dissect_dns_record_test.c — what records of DNS messages hold: options, TSIG,
 * data of all types. */
#include "client/dissect/dissect_dns.h"

#include "dissect_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* RFC 6891 §6.1. */
static void
options_of_edns(void **state)
{
	(void)state;
	dissect_text_assert("1a2b8180000000000000000100002904d001008000006700"
	                    "0300036e7331000a00186162636465666768303132333435"
	                    "36373839616263646566000b00020064000f0009000f626c"
	                    "6f636b65640008000700011800c000020008000800022000"
	                    "20010db8000c00070000000000000000050002080d126700"
	                    "0178000b0000",
	    dissect_dns, 18,
	    "Additional 1\n"
	    "12+1 NAME . (the root)\n"
	    "13+2 TYPE OPT (type 41)\n"
	    "15+2 UDP size 1232 (bytes by UDP that the sender takes)\n"
	    "17+1 Extended RCODE 1 (with the header's RCODE: BADVERS)\n"
	    "18+1 Version 0 (of EDNS)\n"
	    "19+2 EDNS flags DO=1\n"
	    "* DO 1 (signatures are welcome)\n"
	    "* Z 0x0000\n"
	    "21+2 RDLENGTH 103 (bytes of RDATA)\n"
	    "Option NSID\n"
	    "23+2 OPTION-CODE 3 (NSID)\n"
	    "25+2 OPTION-LENGTH 3\n"
	    "27+3 NSID 6E7331 (\"ns1\")\n"
	    "Option COOKIE\n"
	    "30+2 OPTION-CODE 10 (COOKIE)\n"
	    "32+2 OPTION-LENGTH 24\n"
	    "34+8 Client cookie 6162636465666768\n"
	    "42+16 Server cookie 30313233343536373839616263646566\n"
	    "Option TCP-KEEPALIVE\n"
	    "58+2 OPTION-CODE 11 (TCP-KEEPALIVE)\n"
	    "60+2 OPTION-LENGTH 2\n"
	    "62+2 TIMEOUT 100 (10.0 s)\n"
	    "Option EXTENDED-ERROR\n"
	    "64+2 OPTION-CODE 15 (EXTENDED-ERROR)\n"
	    "66+2 OPTION-LENGTH 9\n"
	    "68+2 INFO-CODE 15 (Blocked)\n"
	    "70+7 EXTRA-TEXT blocked\n"
	    "Option CLIENT-SUBNET\n"
	    "77+2 OPTION-CODE 8 (CLIENT-SUBNET)\n"
	    "79+2 OPTION-LENGTH 7\n"
	    "81+2 FAMILY 1\n"
	    "83+1 SOURCE PREFIX-LENGTH 24\n"
	    "84+1 SCOPE PREFIX-LENGTH 0\n"
	    "85+3 ADDRESS 192.0.2.0/24\n"
	    "Option CLIENT-SUBNET\n"
	    "88+2 OPTION-CODE 8 (CLIENT-SUBNET)\n"
	    "90+2 OPTION-LENGTH 8\n"
	    "92+2 FAMILY 2\n"
	    "94+1 SOURCE PREFIX-LENGTH 32\n"
	    "95+1 SCOPE PREFIX-LENGTH 0\n"
	    "96+4 ADDRESS 2001:db8::/32\n"
	    "Option PADDING\n"
	    "100+2 OPTION-CODE 12 (PADDING)\n"
	    "102+2 OPTION-LENGTH 7\n"
	    "104+7 Padding 7 bytes\n"
	    "Option DAU\n"
	    "111+2 OPTION-CODE 5 (DAU)\n"
	    "113+2 OPTION-LENGTH 2\n"
	    "115+2 OPTION-DATA 080D\n"
	    "Option 4711\n"
	    "117+2 OPTION-CODE 4711 (unknown)\n"
	    "119+2 OPTION-LENGTH 1\n"
	    "121+1 OPTION-DATA 78\n"
	    "Option TCP-KEEPALIVE\n"
	    "122+2 OPTION-CODE 11 (TCP-KEEPALIVE)\n"
	    "124+2 OPTION-LENGTH 0\n");
}

static void
options_that_are_malformed(void **state)
{
	(void)state;
	dissect_text_assert("1a2b8180000000000000000100002904d000008000002900"
	                    "0a000573686f72740008000500030000010008000100000b"
	                    "0003010203000f000100000300096162",
	    dissect_dns, 18,
	    "Additional 1\n"
	    "12+1 NAME . (the root)\n"
	    "13+2 TYPE OPT (type 41)\n"
	    "15+2 UDP size 1232 (bytes by UDP that the sender takes)\n"
	    "17+1 Extended RCODE 0 (with the header's RCODE: NOERROR)\n"
	    "18+1 Version 0 (of EDNS)\n"
	    "19+2 EDNS flags DO=1\n"
	    "* DO 1 (signatures are welcome)\n"
	    "* Z 0x0000\n"
	    "21+2 RDLENGTH 41 (bytes of RDATA)\n"
	    "Option COOKIE\n"
	    "23+2 OPTION-CODE 10 (COOKIE)\n"
	    "25+2 OPTION-LENGTH 5\n"
	    "27+5 ! Cookie 5 bytes: it has 8, or 16 to 40 (RFC 7873 §4)\n"
	    "Option CLIENT-SUBNET\n"
	    "32+2 OPTION-CODE 8 (CLIENT-SUBNET)\n"
	    "34+2 OPTION-LENGTH 5\n"
	    "36+2 FAMILY 3\n"
	    "38+1 SOURCE PREFIX-LENGTH 0\n"
	    "39+1 SCOPE PREFIX-LENGTH 0\n"
	    "40+1 ! ADDRESS not an address of its family\n"
	    "Option CLIENT-SUBNET\n"
	    "41+2 OPTION-CODE 8 (CLIENT-SUBNET)\n"
	    "43+2 OPTION-LENGTH 1\n"
	    "45+1 ! FAMILY truncated: 1 of 2 bytes are there\n"
	    "Option TCP-KEEPALIVE\n"
	    "46+2 OPTION-CODE 11 (TCP-KEEPALIVE)\n"
	    "48+2 OPTION-LENGTH 3\n"
	    "50+2 TIMEOUT 258 (25.8 s)\n"
	    "52+1 ! OPTION-DATA bytes behind its last field\n"
	    "Option EXTENDED-ERROR\n"
	    "53+2 OPTION-CODE 15 (EXTENDED-ERROR)\n"
	    "55+2 OPTION-LENGTH 1\n"
	    "57+1 ! INFO-CODE truncated: 1 of 2 bytes are there\n"
	    "Option NSID\n"
	    "58+2 OPTION-CODE 3 (NSID)\n"
	    "60+2 OPTION-LENGTH 9\n"
	    "62+2 ! OPTION-DATA truncated: 2 of 9 bytes are there\n");
}

/* RFC 8945 §4.2. */
static void
tsig(void **state)
{
	(void)state;
	dissect_text_assert("1a2b80090000000000000001036b65790000fa00ff000000"
	                    "0000270b686d61632d7368613235360000006b0187c0012c"
	                    "0004010203041a2b0010000600006b020304",
	    dissect_dns, 18,
	    "Additional 1\n"
	    "12+5 NAME key. (3 key, 0)\n"
	    "17+2 TYPE TSIG (type 250)\n"
	    "19+2 CLASS ANY (class 255)\n"
	    "21+4 TTL 0 (not to be kept)\n"
	    "25+2 RDLENGTH 39 (bytes of RDATA)\n"
	    "27+13 Algorithm Name hmac-sha256. (11 hmac-sha256, 0)\n"
	    "40+6 Time Signed 1795262400 (2026-11-21 12:00:00 UTC)\n"
	    "46+2 Fudge 300 (seconds that clocks may differ)\n"
	    "48+2 MAC Size 4\n"
	    "50+4 MAC 01020304\n"
	    "54+2 Original ID 6699\n"
	    "56+2 Error 16 (BADSIG)\n"
	    "58+2 Other Len 6\n"
	    "60+6 Other Data 00006B020304\n");
}

/* RFC 4034, RFC 5155. */
static void
records_of_dnssec(void **state)
{
	(void)state;
	dissect_text_assert("1a2b85800001000500000000016104746573740000ff0001"
	                    "c00c002e000100000e10002200010d0200000e106b0187c0"
	                    "6aef12c0303901610474657374000001020304050607c00c"
	                    "002f000100000e1000150162016104746573740000064001"
	                    "00000003010140c00c0032000100000e10001f0101000a02"
	                    "aabb14000102030405060708090a0b0c0d0e0f1011121300"
	                    "0140c00c0030000100000e1000080101030d00000000c00c"
	                    "002b000100000e10000830390d0200000000",
	    dissect_dns, 22,
	    "Answer 1\n"
	    "24+2 NAME →12 a.test. (the name at byte 12)\n"
	    "26+2 TYPE RRSIG (type 46)\n"
	    "28+2 CLASS IN (the Internet)\n"
	    "30+4 TTL 3600 (1 h)\n"
	    "34+2 RDLENGTH 34 (bytes of RDATA)\n"
	    "36+2 Type Covered A\n"
	    "38+1 Algorithm 13 (ECDSAP256SHA256)\n"
	    "39+1 Labels 2\n"
	    "40+4 Original TTL 3600 (1 h)\n"
	    "44+4 Signature Expiration 20261121120000 (2026-11-21 12:00:00 "
	    "UTC)\n"
	    "48+4 Signature Inception 20261107120000 (2026-11-07 12:00:00 "
	    "UTC)\n"
	    "52+2 Key Tag 12345\n"
	    "54+8 Signer's Name a.test. (1 a, 4 test, 0)\n"
	    "62+8 Signature AAECAwQFBgc=\n"
	    "Answer 2\n"
	    "70+2 NAME →12 a.test. (the name at byte 12)\n"
	    "72+2 TYPE NSEC (type 47)\n"
	    "74+2 CLASS IN (the Internet)\n"
	    "76+4 TTL 3600 (1 h)\n"
	    "80+2 RDLENGTH 21 (bytes of RDATA)\n"
	    "82+10 Next Domain Name b.a.test. (1 b, 1 a, 4 test, 0)\n"
	    "92+11 Type Bit Maps A MX RRSIG NSEC CAA\n"
	    "Answer 3\n"
	    "103+2 NAME →12 a.test. (the name at byte 12)\n"
	    "105+2 TYPE NSEC3 (type 50)\n"
	    "107+2 CLASS IN (the Internet)\n"
	    "109+4 TTL 3600 (1 h)\n"
	    "113+2 RDLENGTH 31 (bytes of RDATA)\n"
	    "115+1 Hash Algorithm 1\n"
	    "116+1 Flags 1\n"
	    "117+2 Iterations 10\n"
	    "119+3 Salt AABB\n"
	    "122+21 Next Hashed Owner Name 000g40o40k30e209185go38e1s8124gj\n"
	    "143+3 Type Bit Maps A\n"
	    "Answer 4\n"
	    "146+2 NAME →12 a.test. (the name at byte 12)\n"
	    "148+2 TYPE DNSKEY (type 48)\n"
	    "150+2 CLASS IN (the Internet)\n"
	    "152+4 TTL 3600 (1 h)\n"
	    "156+2 RDLENGTH 8 (bytes of RDATA)\n"
	    "158+2 Flags 257 (a zone's key, its entry point)\n"
	    "160+1 Protocol 3\n"
	    "161+1 Algorithm 13 (ECDSAP256SHA256)\n"
	    "162+4 Public Key AAAAAA==\n"
	    "Answer 5\n"
	    "166+2 NAME →12 a.test. (the name at byte 12)\n"
	    "168+2 TYPE DS (type 43)\n"
	    "170+2 CLASS IN (the Internet)\n"
	    "172+4 TTL 3600 (1 h)\n"
	    "176+2 RDLENGTH 8 (bytes of RDATA)\n"
	    "178+2 Key Tag 12345\n"
	    "180+1 Algorithm 13 (ECDSAP256SHA256)\n"
	    "181+1 Digest Type 2 (SHA-256)\n"
	    "182+4 Digest 00000000\n");
}

static void
records_of_many_types(void **state)
{
	(void)state;
	dissect_text_assert("1a2b85800001000600000000016104746573740000010003"
	                    "c00c0006000100000e100021036e7331c00c04686f7374c0"
	                    "0c78c404650000232800000708001275000000012cc00c00"
	                    "10000100000e10000f05666972737400077322636f6e641b"
	                    "c00c000f000100000e100007000a026d78c00cc00c004000"
	                    "0100000e1000140001037376630000010003026832000300"
	                    "0220fbc00cff0012670000000000040a000001c00c010100"
	                    "01800000000009000569737375656361",
	    dissect_dns, 18,
	    "Question 1\n"
	    "12+8 QNAME a.test. (1 a, 4 test, 0)\n"
	    "20+2 QTYPE A (type 1)\n"
	    "22+2 QCLASS CH (class 3)\n"
	    "Answer 1\n"
	    "24+2 NAME →12 a.test. (the name at byte 12)\n"
	    "26+2 TYPE SOA (type 6)\n"
	    "28+2 CLASS IN (the Internet)\n"
	    "30+4 TTL 3600 (1 h)\n"
	    "34+2 RDLENGTH 33 (bytes of RDATA)\n"
	    "36+4 MNAME ns1.a.test. (3 ns1)\n"
	    "40+2 Pointer →12 a.test. (the name at byte 12)\n"
	    "42+5 RNAME host.a.test. (4 host)\n"
	    "47+2 Pointer →12 a.test. (the name at byte 12)\n"
	    "49+4 SERIAL 2026112101\n"
	    "53+4 REFRESH 9000 (2 h 30 min)\n"
	    "57+4 RETRY 1800 (30 min)\n"
	    "61+4 EXPIRE 1209600 (14 d)\n"
	    "65+4 MINIMUM 300 (5 min)\n"
	    "Answer 2\n"
	    "69+2 NAME →12 a.test. (the name at byte 12)\n"
	    "71+2 TYPE TXT (type 16)\n"
	    "73+2 CLASS IN (the Internet)\n"
	    "75+4 TTL 3600 (1 h)\n"
	    "79+2 RDLENGTH 15 (bytes of RDATA)\n"
	    "81+6 TXT-DATA \"first\"\n"
	    "87+1 TXT-DATA \"\"\n"
	    "88+8 TXT-DATA \"s\\\"cond\\027\"\n"
	    "Answer 3\n"
	    "96+2 NAME →12 a.test. (the name at byte 12)\n"
	    "98+2 TYPE MX (type 15)\n"
	    "100+2 CLASS IN (the Internet)\n"
	    "102+4 TTL 3600 (1 h)\n"
	    "106+2 RDLENGTH 7 (bytes of RDATA)\n"
	    "108+2 PREFERENCE 10\n"
	    "110+3 EXCHANGE mx.a.test. (2 mx)\n"
	    "113+2 Pointer →12 a.test. (the name at byte 12)\n"
	    "Answer 4\n"
	    "115+2 NAME →12 a.test. (the name at byte 12)\n"
	    "117+2 TYPE SVCB (type 64)\n"
	    "119+2 CLASS IN (the Internet)\n"
	    "121+4 TTL 3600 (1 h)\n"
	    "125+2 RDLENGTH 20 (bytes of RDATA)\n"
	    "127+2 SvcPriority 1\n"
	    "129+5 TargetName svc. (3 svc, 0)\n"
	    "134+13 SvcParams alpn=\"h2\" port=8443\n"
	    "Answer 5\n"
	    "147+2 NAME →12 a.test. (the name at byte 12)\n"
	    "149+2 TYPE TYPE65280 (type 65280)\n"
	    "151+2 CLASS CLASS4711 (class 4711)\n"
	    "153+4 TTL 0 (not to be kept)\n"
	    "157+2 RDLENGTH 4 (bytes of RDATA)\n"
	    "159+4 RDATA 0A000001\n"
	    "Answer 6\n"
	    "163+2 NAME →12 a.test. (the name at byte 12)\n"
	    "165+2 TYPE CAA (type 257)\n"
	    "167+2 CLASS IN (the Internet)\n"
	    "169+4 TTL 2147483648 (counts as 0: its high bit is set)\n"
	    "173+2 RDLENGTH 9 (bytes of RDATA)\n"
	    "175+1 Flags 0\n"
	    "176+6 Tag issue\n"
	    "182+2 Value \"ca\"\n");
}

/* Its record ends where RDLENGTH says: the next can be read. */
static void
data_that_is_malformed(void **state)
{
	(void)state;
	dissect_text_assert("1a2b85800000000800000000000001000100000e100003c0"
	                    "0002000001000100000e100005c000020101000010000100"
	                    "000e1000040561626300000f000100000e100004000ac0ff"
	                    "00002f000100000e1000050162000000000101000100000e"
	                    "100008000569732d756578000006000100000e1000000000"
	                    "2e000100000e10000100",
	    dissect_dns, 18,
	    "Answer 1\n"
	    "12+1 NAME . (the root)\n"
	    "13+2 TYPE A (type 1)\n"
	    "15+2 CLASS IN (the Internet)\n"
	    "17+4 TTL 3600 (1 h)\n"
	    "21+2 RDLENGTH 3 (bytes of RDATA)\n"
	    "23+3 ! ADDRESS truncated: 3 of 4 bytes are there\n"
	    "Answer 2\n"
	    "26+1 NAME . (the root)\n"
	    "27+2 TYPE A (type 1)\n"
	    "29+2 CLASS IN (the Internet)\n"
	    "31+4 TTL 3600 (1 h)\n"
	    "35+2 RDLENGTH 5 (bytes of RDATA)\n"
	    "37+4 ADDRESS 192.0.2.1\n"
	    "41+1 ! RDATA bytes behind its last field\n"
	    "Answer 3\n"
	    "42+1 NAME . (the root)\n"
	    "43+2 TYPE TXT (type 16)\n"
	    "45+2 CLASS IN (the Internet)\n"
	    "47+4 TTL 3600 (1 h)\n"
	    "51+2 RDLENGTH 4 (bytes of RDATA)\n"
	    "53+4 ! TXT-DATA truncated: 4 of 6 bytes are there\n"
	    "Answer 4\n"
	    "57+1 NAME . (the root)\n"
	    "58+2 TYPE MX (type 15)\n"
	    "60+2 CLASS IN (the Internet)\n"
	    "62+4 TTL 3600 (1 h)\n"
	    "66+2 RDLENGTH 4 (bytes of RDATA)\n"
	    "68+2 PREFERENCE 10\n"
	    "70+2 ! EXCHANGE →255 does not lead back: it may be a loop\n"
	    "Answer 5\n"
	    "72+1 NAME . (the root)\n"
	    "73+2 TYPE NSEC (type 47)\n"
	    "75+2 CLASS IN (the Internet)\n"
	    "77+4 TTL 3600 (1 h)\n"
	    "81+2 RDLENGTH 5 (bytes of RDATA)\n"
	    "83+3 Next Domain Name b. (1 b, 0)\n"
	    "86+2 ! Type Bit Maps not a bitmap of types\n"
	    "Answer 6\n"
	    "88+1 NAME . (the root)\n"
	    "89+2 TYPE CAA (type 257)\n"
	    "91+2 CLASS IN (the Internet)\n"
	    "93+4 TTL 3600 (1 h)\n"
	    "97+2 RDLENGTH 8 (bytes of RDATA)\n"
	    "99+1 Flags 0\n"
	    "100+6 Tag 0569732D7565 (not in a form that is known)\n"
	    "106+1 Value \"x\"\n"
	    "Answer 7\n"
	    "107+1 NAME . (the root)\n"
	    "108+2 TYPE SOA (type 6)\n"
	    "110+2 CLASS IN (the Internet)\n"
	    "112+4 TTL 3600 (1 h)\n"
	    "116+2 RDLENGTH 0 (bytes of RDATA)\n"
	    "118+0 ! MNAME truncated: the name goes on behind the end\n"
	    "Answer 8\n"
	    "118+1 NAME . (the root)\n"
	    "119+2 TYPE RRSIG (type 46)\n"
	    "121+2 CLASS IN (the Internet)\n"
	    "123+4 TTL 3600 (1 h)\n"
	    "127+2 RDLENGTH 1 (bytes of RDATA)\n"
	    "129+1 ! Type Covered truncated: 1 of 2 bytes are there\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(options_of_edns),
	    cmocka_unit_test(options_that_are_malformed),
	    cmocka_unit_test(tsig),
	    cmocka_unit_test(records_of_dnssec),
	    cmocka_unit_test(records_of_many_types),
	    cmocka_unit_test(data_that_is_malformed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
