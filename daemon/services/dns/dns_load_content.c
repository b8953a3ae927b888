/* dns_load_content.c — a hash of what a zone is made from. Loader process only.
 */
#include "services/dns/dns_load_content.h"

#include "services/dns/dns_name.h"

void
dns_load_content_add(uint64_t content[2], const void *bytes, size_t len)
{
	/* Both words depend on all that came before. */
	uint64_t chain[4] = {
	    content[0], content[1], dns_name_hash(bytes, len), len};
	const uint8_t *link = (const uint8_t *)chain;

	content[0] = dns_name_hash(link, sizeof(chain));
	content[1] = dns_name_hash(link + 1, sizeof(chain) - 1);
}
