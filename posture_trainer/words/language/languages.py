"""Which languages there are, each by its own name, and whether a native speaker has read it. Pure."""

from dataclasses import dataclass

SOURCE = "en"
NOT_YET_READ = "machine-made, not yet read by a native speaker"


@dataclass(frozen=True)
class Language:
    """code: of its table and of its folder in sounds/spoken. name: as it calls itself."""

    code: str
    name: str
    read_by_native: bool = False


LANGUAGES = {
    language.code: language
    for language in (
        Language("en", "English", read_by_native=True),
        Language("de", "Deutsch"),
        Language("fr", "Français"),
        Language("es", "Español"),
        Language("it", "Italiano"),
        Language("pt_BR", "Português (Brasil)"),
        Language("ja", "日本語"),
        Language("zh_CN", "简体中文"),
    )
}
