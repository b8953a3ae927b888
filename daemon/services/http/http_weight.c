/* http_weight.c — "0.125" → 125. */
#include "services/http/http_weight.h"
#include "services/http/http_char.h"

/* False: TEXT is no weight. */
static bool
read_weight(struct span text, int *weight)
{
	int unit = HTTP_WEIGHT_MAX;
	int sum = 0;

	if (text.len == 0 || text.len > 5 || text.data[0] < '0' ||
	    text.data[0] > '1' || (text.len > 1 && text.data[1] != '.'))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (i == 1)
			continue;
		if (text.data[i] < '0' || text.data[i] > '9')
			return false;
		sum += (text.data[i] - '0') * unit;
		unit /= 10;
	}
	if (sum > HTTP_WEIGHT_MAX)
		return false;
	*weight = sum;
	return true;
}

bool
http_weight_split(struct span *element, int *weight)
{
	const uint8_t *mark = memrchr(element->data, ';', element->len);

	*weight = HTTP_WEIGHT_MAX;
	if (mark == NULL)
		return true;
	size_t len = (size_t)(mark - element->data);
	struct span last =
	    http_char_trim((struct span){mark + 1, element->len - len - 1});

	*element = http_char_trim((struct span){element->data, len});
	return last.len > 2 &&
	       http_char_equals((struct span){last.data, 2}, "q=", 2) &&
	       read_weight((struct span){last.data + 2, last.len - 2}, weight);
}
