/* dns_nsec3_test.c — hashed names and the search in a chain of them. */
#include "services/dns/dns_nsec3.h"

#include "services/dns/dns_base32.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
rfc_5155_appendix_a_hashes_of_names(void **state)
{
	static const struct {
		const char *name, *hash;
	} names[] = {
	    {"example", "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom"},
	    {"a.example", "35mthgpgcu1qg68fab165klnsnk3dpvl"},
	    {"ai.example", "gjeqe526plbf1g8mklp59enfd789njgi"},
	    {"ns1.example", "2t7b4g4vsa5smi47k61mv5bv1a22bojr"},
	    {"ns2.example", "q04jkcevqvmu85r014c7dkba38o0ji5r"},
	    {"w.example", "k8udemvp1j2f7eg6jebps17vp3n8i58h"},
	    {"*.w.example", "r53bq7cc2uvmubfu5ocmm6pers9tk9en"},
	    {"x.w.example", "b4um86eghhds6nea196smvmlo4ors995"},
	    {"y.w.example", "ji6neoaepv8b5o6k4ev33abha8ht9fgc"},
	    {"x.y.w.example", "2vptu5timamqttgl4luu9kg21e0aor3s"},
	    {"xx.example", "t644ebqk9bibcna874givr6joj62mlhv"},
	    {"2t7b4g4vsa5smi47k61mv5bv1a22bojr.example",
	        "kohar7mbb8dc2ce8a9qvl8hon4k53uhi"},
	};
	static const uint8_t salt[] = {0xaa, 0xbb, 0xcc, 0xdd};
	struct digest *digest = digest_open();

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		uint8_t name[DNS_NAME_MAX], hash[DNS_NSEC3_HASH_SIZE];
		uint8_t text[DNS_NSEC3_LABEL];
		size_t len = dns_name_parse(names[i].name, name);

		assert_true(dns_nsec3_hash(digest, name, len, 12,
		    (struct span){salt, sizeof(salt)}, hash));
		dns_base32_encode(text, hash, sizeof(hash));
		assert_memory_equal(text, names[i].hash, sizeof(text));
	}
	digest_close(digest);
}

static void
a_hash_without_salt_and_iterations(void **state)
{
	struct digest *digest = digest_open();
	uint8_t hash[DNS_NSEC3_HASH_SIZE], text[DNS_NSEC3_LABEL];

	(void)state;
	assert_true(dns_nsec3_hash(digest, (const uint8_t *)"\7example", 9, 0,
	    (struct span){NULL, 0}, hash));
	dns_base32_encode(text, hash, sizeof(hash));
	assert_memory_equal(
	    text, "3msev9usmd4br9s97v51r2tdvmr9iqo1", sizeof(text));
	digest_close(digest);
}

/* What dns_nsec3_find is to find, by looking at each link. */
static uint32_t
find_slowly(const struct dns_nsec3 *chain, uint32_t count, const uint8_t *hash)
{
	uint32_t found = count - 1;

	for (uint32_t i = 0; i < count; i++)
		if (memcmp(chain[i].hash, hash, DNS_NSEC3_HASH_SIZE) <= 0)
			found = i;
	return found;
}

static void
assert_found(const struct dns_nsec3 *chain, uint32_t count, const uint8_t *hash)
{
	uint32_t expected = find_slowly(chain, count, hash);
	bool is_match, is_expected = memcmp(chain[expected].hash, hash,
	                                 DNS_NSEC3_HASH_SIZE) == 0;

	assert_int_equal(
	    dns_nsec3_find(chain, count, hash, &is_match), expected);
	assert_int_equal(is_match, is_expected);
}

static int
compare(const void *a, const void *b)
{
	return memcmp(a, b, DNS_NSEC3_HASH_SIZE);
}

static void
fill(uint8_t *hash, int mask)
{
	for (size_t i = 0; i < DNS_NSEC3_HASH_SIZE; i++)
		hash[i] = (uint8_t)(rand() & mask);
}

/* Chains of even hashes, and of such as no hash function makes: all near each
 * other, all at one end. */
static void
links_are_found_in_any_chain(void **state)
{
	enum { LINKS = 300 };
	static struct dns_nsec3 chain[LINKS];
	static const int masks[] = {0xff, 0x80, 0x01, 0x0f};

	(void)state;
	srand(5155);
	for (unsigned round = 0; round < 200; round++) {
		uint32_t count = 1 + (uint32_t)rand() % LINKS;
		int mask = masks[round % 4];

		memset(chain, 0, sizeof(chain));
		for (uint32_t i = 0; i < count; i++)
			fill(chain[i].hash, mask);
		qsort(chain, count, sizeof(chain[0]), compare);
		for (unsigned i = 0; i < 200; i++) {
			uint8_t hash[DNS_NSEC3_HASH_SIZE];

			fill(hash, i % 2 == 0 ? 0xff : mask);
			assert_found(chain, count, hash);
			assert_found(chain, count, chain[i % count].hash);
		}
		assert_found(chain, count, (const uint8_t[20]){0});
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rfc_5155_appendix_a_hashes_of_names),
	    cmocka_unit_test(a_hash_without_salt_and_iterations),
	    cmocka_unit_test(links_are_found_in_any_chain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
