/* ntp_extension.c — extension fields and the place of the MAC. */
#include "services/ntp/ntp_extension.h"

#include "core/bytes.h"

/* RFC 7822 §3: a field has 16 bytes or more, and the last one, where no MAC
 * follows, 28, because a MAC has 24 at most (and a crypto-NAK 4). */
enum {
	FIELD_MIN = 16,
	FIELD_LAST_MIN = 28,
	MAC_128 = 20, /* MD5, AES-CMAC */
	MAC_160 = 24, /* SHA-1 */
};

bool
ntp_extension_read(struct span bytes, size_t *mac_len)
{
	while (bytes.len > 0) {
		if (bytes.len == NTP_EXTENSION_NAK_LEN ||
		    bytes.len == MAC_128 || bytes.len == MAC_160)
			break;
		if (bytes.len < FIELD_LAST_MIN)
			return false;

		size_t len = bytes_get16be(bytes.data + 2);

		if (len < FIELD_MIN || len % 4 != 0 || len > bytes.len)
			return false;
		bytes.data += len;
		bytes.len -= len;
	}
	*mac_len = bytes.len;
	return true;
}
