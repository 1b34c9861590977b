# bash completion for mailctl; made by: mailctl --completion bash

__mailctl_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__mailctl_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__mailctl_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__mailctl_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_mailctl() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=(--completion)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--completion')
        __mailctl_add_completions -W 'bash'$'\n''zsh'$'\n''fish'
        return
        ;;
    esac

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    store|domain|account|password|alias|org|class|role|import|export|settings|share|retention|restore|queue|feature|forward|vacation|lifecycle|session|block|probe-log|identity|dkim|dns|units|config|audit|top|statistics|trace|message|sending|help)
        # Offer subcommand argument completions
        "_mailctl_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'store domain account password alias org class role import export settings share retention restore queue feature forward vacation lifecycle session block probe-log identity dkim dns units config audit top statistics trace message sending help' -- "${cur}"))
        ;;
    esac
}

_mailctl_store() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    init|check|index|stats|backup|backups|verify|restore|snapshot|rollback)
        # Offer subcommand argument completions
        "_mailctl_store_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'init check index stats backup backups verify restore snapshot rollback' -- "${cur}"))
        ;;
    esac
}

_mailctl_store_init() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --test --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    esac
}

_mailctl_store_check() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --repair --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort --progress)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    '--progress')
        __mailctl_add_completions -W 'auto'$'\n''always'$'\n''never'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion store check -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_store_index() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --all --rebuild --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort --progress)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    '--progress')
        __mailctl_add_completions -W 'auto'$'\n''always'$'\n''never'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion store index -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_store_stats() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac
}

_mailctl_store_backup() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --keep --progress)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--keep')
        return
        ;;
    '--progress')
        __mailctl_add_completions -W 'auto'$'\n''always'$'\n''never'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_completions -d
        return
        ;;
    esac
}

_mailctl_store_backups() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_completions -d
        return
        ;;
    esac
}

_mailctl_store_verify() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort --at --scratch --progress)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    '--at')
        return
        ;;
    '--scratch')
        __mailctl_add_completions -d
        return
        ;;
    '--progress')
        __mailctl_add_completions -W 'auto'$'\n''always'$'\n''never'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_completions -d
        return
        ;;
    esac
}

_mailctl_store_restore() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --at --progress)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--at')
        return
        ;;
    '--progress')
        __mailctl_add_completions -W 'auto'$'\n''always'$'\n''never'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_completions -d
        return
        ;;
    esac
}

_mailctl_store_snapshot() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --print-schemas --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --to --unless-schemas --if-missing --progress)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--to')
        __mailctl_add_completions -d
        return
        ;;
    '--unless-schemas')
        return
        ;;
    '--if-missing')
        __mailctl_add_completions -W 'fail'$'\n''skip'
        return
        ;;
    '--progress')
        __mailctl_add_completions -W 'auto'$'\n''always'$'\n''never'$'\n''json'
        return
        ;;
    esac
}

_mailctl_store_rollback() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --at --from --confirm --progress)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--at')
        return
        ;;
    '--from')
        __mailctl_add_completions -d
        return
        ;;
    '--confirm')
        return
        ;;
    '--progress')
        __mailctl_add_completions -W 'auto'$'\n''always'$'\n''never'$'\n''json'
        return
        ;;
    esac
}

_mailctl_domain() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    add|list|remove|postmaster)
        # Offer subcommand argument completions
        "_mailctl_domain_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'add list remove postmaster' -- "${cur}"))
        ;;
    esac
}

_mailctl_domain_add() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --if-exists)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--if-exists')
        __mailctl_add_completions -W 'fail'$'\n''skip'$'\n''update'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion domain add -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_domain_list() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac
}

_mailctl_domain_remove() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --yes -y --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion domain remove -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_domain_postmaster() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now)
    __mailctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion domain postmaster -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    2)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion domain postmaster -- positional@1 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_account() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    add|list|show|exists|set|rename|suspend|resume|remove|restore|forget|import|failures|unlock)
        # Offer subcommand argument completions
        "_mailctl_account_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'add list show exists set rename suspend resume remove restore forget import failures unlock' -- "${cur}"))
        ;;
    esac
}

_mailctl_account_add() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --password-stdin --no-policy --no-password --version -h --help)
    repeating_options=(--alias)
    non_repeating_options=(--config --store --now --login --name --org --class --quota --expires --then --password-file --if-exists)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--login')
        return
        ;;
    '--name')
        return
        ;;
    '--org')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion account add -- --org "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--class')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion account add -- --class "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--quota')
        return
        ;;
    '--alias')
        return
        ;;
    '--expires')
        return
        ;;
    '--then')
        return
        ;;
    '--password-file')
        return
        ;;
    '--if-exists')
        __mailctl_add_completions -W 'fail'$'\n''skip'$'\n''update'
        return
        ;;
    esac
}

_mailctl_account_list() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort --org --class --status --inactive --match)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    '--org')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion account list -- --org "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--class')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion account list -- --class "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--status')
        return
        ;;
    '--inactive')
        return
        ;;
    '--match')
        return
        ;;
    esac
}

_mailctl_account_show() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort --from0)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    '--from0')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion account show -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_account_exists() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --from0)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--from0')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion account exists -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_account_set() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --name --login --org --class --language --signature --signature-file --quota --expires --then --from0)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--name')
        return
        ;;
    '--login')
        return
        ;;
    '--org')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion account set -- --org "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--class')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion account set -- --class "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--language')
        return
        ;;
    '--signature')
        return
        ;;
    '--signature-file')
        return
        ;;
    '--quota')
        return
        ;;
    '--expires')
        return
        ;;
    '--then')
        return
        ;;
    '--from0')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion account set -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_account_rename() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --keep-alias --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now)
    __mailctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion account rename -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_account_suspend() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --reason --from0)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--reason')
        return
        ;;
    '--from0')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion account suspend -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_account_resume() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --from0)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--from0')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion account resume -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_account_remove() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --if-exists --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --confirm)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--confirm')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion account remove -- --confirm "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion account remove -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_account_restore() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion account restore -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_account_forget() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --confirm)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--confirm')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion account forget -- --confirm "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion account forget -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_account_import() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json -n --dry-run --keep-going --ignore-extra --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --batch --rejects --prune --max-prune --progress)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--batch')
        return
        ;;
    '--rejects')
        return
        ;;
    '--prune')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion account import -- --prune "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--max-prune')
        return
        ;;
    '--progress')
        __mailctl_add_completions -W 'auto'$'\n''always'$'\n''never'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_completions -f
        return
        ;;
    esac
}

_mailctl_account_failures() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion account failures -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_account_unlock() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --from0)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--from0')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion account unlock -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_password() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    set|verify|clear|link|hash|app)
        # Offer subcommand argument completions
        "_mailctl_password_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'set verify clear link hash app' -- "${cur}"))
        ;;
    esac
}

_mailctl_password_set() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --password-stdin --no-policy --forget-old --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --password-file --hash-file)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--password-file')
        return
        ;;
    '--hash-file')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion password set -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_password_verify() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --password-stdin --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --password-file)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--password-file')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion password verify -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_password_clear() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion password clear -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_password_link() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --valid --mail-to)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--valid')
        return
        ;;
    '--mail-to')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion password link -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_password_hash() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --password-stdin --no-policy --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --password-file)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--password-file')
        return
        ;;
    esac
}

_mailctl_password_app() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    add|list|revoke)
        # Offer subcommand argument completions
        "_mailctl_password_app_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'add list revoke' -- "${cur}"))
        ;;
    esac
}

_mailctl_password_app_add() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --for --expires)
    __mailctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--for')
        return
        ;;
    '--expires')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion password app add -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_password_app_list() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion password app list -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_password_app_revoke() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --all --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion password app revoke -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_alias() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    add|list|remove)
        # Offer subcommand argument completions
        "_mailctl_alias_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'add list remove' -- "${cur}"))
        ;;
    esac
}

_mailctl_alias_add() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --if-exists)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--if-exists')
        __mailctl_add_completions -W 'fail'$'\n''skip'$'\n''update'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion alias add -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    *)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion alias add -- positional@1 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_alias_list() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion alias list -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_alias_remove() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion alias remove -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_org() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    add|show|list|set|remove)
        # Offer subcommand argument completions
        "_mailctl_org_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'add show list set remove' -- "${cur}"))
        ;;
    esac
}

_mailctl_org_add() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --title --contact --quota --if-exists)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--title')
        return
        ;;
    '--contact')
        return
        ;;
    '--quota')
        return
        ;;
    '--if-exists')
        __mailctl_add_completions -W 'fail'$'\n''skip'$'\n''update'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion org add -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_org_show() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion org show -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_org_list() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac
}

_mailctl_org_set() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --title --contact --quota)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--title')
        return
        ;;
    '--contact')
        return
        ;;
    '--quota')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion org set -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_org_remove() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --yes -y --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion org remove -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_class() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    add|show|list|set|remove)
        # Offer subcommand argument completions
        "_mailctl_class_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'add show list set remove' -- "${cur}"))
        ;;
    esac
}

_mailctl_class_add() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --quota --if-exists)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--quota')
        return
        ;;
    '--if-exists')
        __mailctl_add_completions -W 'fail'$'\n''skip'$'\n''update'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion class add -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_class_show() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion class show -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_class_list() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac
}

_mailctl_class_set() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --quota)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--quota')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion class set -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_class_remove() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --yes -y --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion class remove -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_role() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    grant|revoke|list)
        # Offer subcommand argument completions
        "_mailctl_role_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'grant revoke list' -- "${cur}"))
        ;;
    esac
}

_mailctl_role_grant() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --org)
    __mailctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--org')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion role grant -- --org "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion role grant -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    2)
        __mailctl_add_completions -W 'operator'$'\n''helpdesk'
        return
        ;;
    esac
}

_mailctl_role_revoke() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --org)
    __mailctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--org')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion role revoke -- --org "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion role revoke -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    2)
        __mailctl_add_completions -W 'operator'$'\n''helpdesk'
        return
        ;;
    esac
}

_mailctl_role_list() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac
}

_mailctl_import() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --recursive -n --dry-run --duplicates --no-quota --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --mailbox --progress)
    __mailctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--mailbox')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion import -- --mailbox "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--progress')
        __mailctl_add_completions -W 'auto'$'\n''always'$'\n''never'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion import -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    2)
        __mailctl_add_completions -f
        return
        ;;
    esac
}

_mailctl_export() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --all --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --mailbox --to --line-ends --progress)
    __mailctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--mailbox')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion export -- --mailbox "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--to')
        __mailctl_add_completions -W 'mbox'$'\n''maildir'
        return
        ;;
    '--line-ends')
        __mailctl_add_completions -W 'lf'$'\n''crlf'
        return
        ;;
    '--progress')
        __mailctl_add_completions -W 'auto'$'\n''always'$'\n''never'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion export -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_settings() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --client)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'text'$'\n''autoconfig'$'\n''autodiscover'$'\n''pacc'$'\n''mobileconfig'$'\n''srv'$'\n''json'
        return
        ;;
    '--client')
        __mailctl_add_completions -W 'any'$'\n''thunderbird'$'\n''outlook'$'\n''apple'$'\n''android'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion settings -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_share() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    add|list|remove)
        # Offer subcommand argument completions
        "_mailctl_share_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'add list remove' -- "${cur}"))
        ;;
    esac
}

_mailctl_share_add() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --all --send-as --no-subscribe -n --dry-run --version -h --help)
    repeating_options=(--mailbox)
    non_repeating_options=(--config --store --now --format --columns --sort --level --rights)
    __mailctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    '--mailbox')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion share add -- --mailbox "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--level')
        __mailctl_add_completions -W 'read'$'\n''write'$'\n''full'
        return
        ;;
    '--rights')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion share add -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    2)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion share add -- positional@1 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_share_list() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion share list -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_share_remove() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero -n --dry-run --version -h --help)
    repeating_options=(--mailbox)
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    '--mailbox')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion share remove -- --mailbox "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion share remove -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    2)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion share remove -- positional@1 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_retention() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    show|set|unset|hold|release)
        # Offer subcommand argument completions
        "_mailctl_retention_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'show set unset hold release' -- "${cur}"))
        ;;
    esac
}

_mailctl_retention_show() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion retention show -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_retention_set() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --default --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --org --class --trash --junk)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--org')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion retention set -- --org "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--class')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion retention set -- --class "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--trash')
        return
        ;;
    '--junk')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion retention set -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_retention_unset() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --default --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --org --class)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--org')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion retention unset -- --org "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--class')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion retention unset -- --class "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion retention unset -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_retention_hold() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --default --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --org --class --reason)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--org')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion retention hold -- --org "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--class')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion retention hold -- --class "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--reason')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion retention hold -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_retention_release() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --default --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --org --class)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--org')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion retention release -- --org "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--class')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion retention release -- --class "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion retention release -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_restore() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero -n --dry-run --forget --no-quota --yes -y --version -h --help)
    repeating_options=(--message)
    non_repeating_options=(--config --store --now --format --columns --sort --mailbox --since --into --from --at --scratch --confirm --progress)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    '--mailbox')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion restore -- --mailbox "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--since')
        return
        ;;
    '--message')
        return
        ;;
    '--into')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion restore -- --into "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--from')
        __mailctl_add_completions -d
        return
        ;;
    '--at')
        return
        ;;
    '--scratch')
        __mailctl_add_completions -d
        return
        ;;
    '--confirm')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion restore -- --confirm "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--progress')
        __mailctl_add_completions -W 'auto'$'\n''always'$'\n''never'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion restore -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_queue() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|show|retry|flush|hold|release|remove)
        # Offer subcommand argument completions
        "_mailctl_queue_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list show retry flush hold release remove' -- "${cur}"))
        ;;
    esac
}

_mailctl_queue_list() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort --sender --recipient --domain --state)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    '--sender')
        return
        ;;
    '--recipient')
        return
        ;;
    '--domain')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion queue list -- --domain "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--state')
        __mailctl_add_completions -W 'waiting'$'\n''held'$'\n''trying'
        return
        ;;
    esac
}

_mailctl_queue_show() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac
}

_mailctl_queue_retry() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --all --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --sender --recipient --domain --state)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--sender')
        return
        ;;
    '--recipient')
        return
        ;;
    '--domain')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion queue retry -- --domain "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--state')
        __mailctl_add_completions -W 'waiting'$'\n''held'$'\n''trying'
        return
        ;;
    esac
}

_mailctl_queue_flush() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    esac
}

_mailctl_queue_hold() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --all --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --sender --recipient --domain --state)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--sender')
        return
        ;;
    '--recipient')
        return
        ;;
    '--domain')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion queue hold -- --domain "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--state')
        __mailctl_add_completions -W 'waiting'$'\n''held'$'\n''trying'
        return
        ;;
    esac
}

_mailctl_queue_release() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --all --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --sender --recipient --domain --state)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--sender')
        return
        ;;
    '--recipient')
        return
        ;;
    '--domain')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion queue release -- --domain "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--state')
        __mailctl_add_completions -W 'waiting'$'\n''held'$'\n''trying'
        return
        ;;
    esac
}

_mailctl_queue_remove() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --yes -y --all --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --sender --recipient --domain --state)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--sender')
        return
        ;;
    '--recipient')
        return
        ;;
    '--domain')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion queue remove -- --domain "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--state')
        __mailctl_add_completions -W 'waiting'$'\n''held'$'\n''trying'
        return
        ;;
    esac
}

_mailctl_feature() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    show|set|unset)
        # Offer subcommand argument completions
        "_mailctl_feature_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'show set unset' -- "${cur}"))
        ;;
    esac
}

_mailctl_feature_show() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --default --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort --org --class)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    '--org')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion feature show -- --org "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--class')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion feature show -- --class "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion feature show -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_feature_set() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --default --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --org --class)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--org')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion feature set -- --org "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--class')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion feature set -- --class "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_completions -W 'imap'$'\n''pop'$'\n''webmail'$'\n''send-outside'$'\n''forward-outside'$'\n''app-passwords'$'\n''sent-copy'
        return
        ;;
    2)
        __mailctl_add_completions -W 'on'$'\n''off'
        return
        ;;
    *)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion feature set -- positional@2 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_feature_unset() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --default --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --org --class)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--org')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion feature unset -- --org "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--class')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion feature unset -- --class "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_completions -W 'imap'$'\n''pop'$'\n''webmail'$'\n''send-outside'$'\n''forward-outside'$'\n''app-passwords'$'\n''sent-copy'
        return
        ;;
    *)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion feature unset -- positional@1 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_forward() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    show|set|unset)
        # Offer subcommand argument completions
        "_mailctl_forward_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'show set unset' -- "${cur}"))
        ;;
    esac
}

_mailctl_forward_show() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion forward show -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_forward_set() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-copy --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now)
    __mailctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion forward set -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_forward_unset() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion forward unset -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_vacation() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    show|set|unset)
        # Offer subcommand argument completions
        "_mailctl_vacation_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'show set unset' -- "${cur}"))
        ;;
    esac
}

_mailctl_vacation_show() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion vacation show -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_vacation_set() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --text --text-file --subject --from --until --days)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--text')
        return
        ;;
    '--text-file')
        return
        ;;
    '--subject')
        return
        ;;
    '--from')
        return
        ;;
    '--until')
        return
        ;;
    '--days')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion vacation set -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_vacation_unset() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion vacation unset -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_lifecycle() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --run --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort --until)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    '--until')
        return
        ;;
    esac
}

_mailctl_session() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|close)
        # Offer subcommand argument completions
        "_mailctl_session_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list close' -- "${cur}"))
        ;;
    esac
}

_mailctl_session_list() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion session list -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_session_close() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --all --yes -y --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --session)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--session')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion session close -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_block() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    add|list|remove)
        # Offer subcommand argument completions
        "_mailctl_block_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'add list remove' -- "${cur}"))
        ;;
    esac
}

_mailctl_block_add() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --reason --until)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--reason')
        return
        ;;
    '--until')
        return
        ;;
    esac
}

_mailctl_block_list() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac
}

_mailctl_block_remove() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    esac
}

_mailctl_probe-log() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort --address --since)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    '--address')
        return
        ;;
    '--since')
        return
        ;;
    esac
}

_mailctl_identity() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    test|provider|sync)
        # Offer subcommand argument completions
        "_mailctl_identity_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'test provider sync' -- "${cur}"))
        ;;
    esac
}

_mailctl_identity_test() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --password-stdin --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --password-file)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--password-file')
        return
        ;;
    esac
}

_mailctl_identity_provider() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    esac
}

_mailctl_identity_sync() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero -n --dry-run --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort --max-disable)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    '--max-disable')
        return
        ;;
    esac
}

_mailctl_dkim() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    create|list|rotate|retire)
        # Offer subcommand argument completions
        "_mailctl_dkim_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'create list rotate retire' -- "${cur}"))
        ;;
    esac
}

_mailctl_dkim_create() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --unchecked --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --kind --selector)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--kind')
        __mailctl_add_completions -W 'both'$'\n''rsa'$'\n''ed25519'
        return
        ;;
    '--selector')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion dkim create -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_dkim_list() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion dkim list -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_dkim_rotate() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --unchecked --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --kind --resolver)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--kind')
        __mailctl_add_completions -W 'both'$'\n''rsa'$'\n''ed25519'
        return
        ;;
    '--resolver')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion dkim rotate -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_dkim_retire() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --yes -y --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now)
    __mailctl_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion dkim retire -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_dns() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --check --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --resolver)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'$'\n''zone'
        return
        ;;
    '--resolver')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion dns -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_units() {
    repeating_flags=()
    non_repeating_flags=(--json --no-header -0 --zero --print --version -h --help)
    repeating_options=()
    non_repeating_options=(--format --columns --sort)
    __mailctl_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac
}

_mailctl_config() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    show|check)
        # Offer subcommand argument completions
        "_mailctl_config_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'show check' -- "${cur}"))
        ;;
    esac
}

_mailctl_config_show() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --origin --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac
}

_mailctl_config_check() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    esac
}

_mailctl_audit() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort --since --account)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    '--since')
        return
        ;;
    '--account')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion audit -- --account "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_top() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --once --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort --interval)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    '--interval')
        return
        ;;
    esac
}

_mailctl_statistics() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort --period)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    '--period')
        __mailctl_add_completions -W 'day'$'\n''week'$'\n''month'$'\n''year'
        return
        ;;
    esac
}

_mailctl_trace() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort --sender --recipient --message-id --id --since --until --mine-only --language --limit)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    '--sender')
        return
        ;;
    '--recipient')
        return
        ;;
    '--message-id')
        return
        ;;
    '--id')
        return
        ;;
    '--since')
        return
        ;;
    '--until')
        return
        ;;
    '--mine-only')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion trace -- --mine-only "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--language')
        return
        ;;
    '--limit')
        return
        ;;
    esac
}

_mailctl_message() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    withdraw|restore)
        # Offer subcommand argument completions
        "_mailctl_message_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'withdraw restore' -- "${cur}"))
        ;;
    esac
}

_mailctl_message_withdraw() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --scan --yes -y --for-good --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac
}

_mailctl_message_restore() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    esac
}

_mailctl_sending() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    show|allow|revoke|limits|set|unset)
        # Offer subcommand argument completions
        "_mailctl_sending_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'show allow revoke limits set unset' -- "${cur}"))
        ;;
    esac
}

_mailctl_sending_show() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion sending show -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_sending_allow() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --recipients --until --reason)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--recipients')
        return
        ;;
    '--until')
        return
        ;;
    '--reason')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion sending allow -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_sending_revoke() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now)
    __mailctl_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __mailctl_add_names "$(__mailctl_custom_complete ---completion sending revoke -- positional@0 "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_sending_limits() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mailctl_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    esac
}

_mailctl_sending_set() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --class --messages-per-hour --messages-per-day --recipients-per-hour --recipients-per-day --new-recipients-per-day)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--class')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion sending set -- --class "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    '--messages-per-hour')
        return
        ;;
    '--messages-per-day')
        return
        ;;
    '--recipients-per-hour')
        return
        ;;
    '--recipients-per-day')
        return
        ;;
    '--new-recipients-per-day')
        return
        ;;
    esac
}

_mailctl_sending_unset() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --class)
    __mailctl_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mailctl_add_completions -f
        return
        ;;
    '--store')
        __mailctl_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--class')
        __mailctl_add_names "$(__mailctl_custom_complete ---completion sending unset -- --class "${COMP_CWORD}" "$(__mailctl_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mailctl_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __mailctl_offer_flags_options -1
}
# Takes names, a line each: nothing in them is carried out, and what is special in a shell is quoted, but not the @.
__mailctl_add_names() {
    local name quoted
    compopt +o filenames
    while IFS='' read -r name; do
        printf -v quoted %q "${name}"
        [[ -n "${name}" && ( "${quoted}" = "${cur}"* || "${name}" = "${cur}"* ) ]] && COMPREPLY+=("${quoted}")
    done <<<"${1}"
}

# Puts together again what bash took apart at @ and :, and gives back only what stands for the last of these parts.
__mailctl_complete() {
    local line="${COMP_LINE:0:COMP_POINT}" word
    local -a joined=()
    local -i index=-1
    for word in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
        if [[ "${index}" -ge 0 && "${line}" != [[:space:]]* && "${joined[index]: -1}${word:0:1}" = *[@:]* ]]; then
            joined[index]+="${word}"
        else
            joined+=("${word}")
            index+=1
        fi
        line="${line#"${line%%[![:space:]]*}"}"
        line="${line#"${word}"}"
    done
    local -a COMP_WORDS=("${joined[@]}")
    local -i COMP_CWORD="${index}"
    local -r typed="${joined[index]}"
    _mailctl "${1}" "${typed}" "${joined[index > 0 ? index - 1 : 0]}"
    trap - RETURN
    COMPREPLY=("${COMPREPLY[@]#"${typed%"${2}"}"}")
}

complete -o filenames -F __mailctl_complete mailctl
