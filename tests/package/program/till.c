#include <stdio.h>
#include <zige/zige.h>

int main(void) {
    char text[1024];
    if (zige_text(text, sizeof text, ZIGE_TEXT_OUTCOME, ZIGE_OUTCOME_DENY, ZIGE_ENGLISH, NULL) != ZIGE_OK) return 1;
    printf("%s %s\n", zige_version_text(), text);
    return zige_version_number() == ZIGE_VERSION_NUMBER ? 0 : 1;
}
