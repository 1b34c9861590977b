# bash completion for mail-quota; made by: mail-quota --completion bash

__mail-quota_cursor_index_in_current_word() {
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
__mail-quota_offer_flags_options() {
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

__mail-quota_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__mail-quota_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_mail-quota() {
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
    __mail-quota_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--completion')
        __mail-quota_add_completions -W 'bash'$'\n''zsh'$'\n''fish'
        return
        ;;
    esac

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    show|set|extend|unset|report|check|recount|notify|help)
        # Offer subcommand argument completions
        "_mail-quota_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'show set extend unset report check recount notify help' -- "${cur}"))
        ;;
    esac
}

_mail-quota_show() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --all --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort --org --class --over --top)
    __mail-quota_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mail-quota_add_completions -f
        return
        ;;
    '--store')
        __mail-quota_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mail-quota_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    '--org')
        __mail-quota_add_names "$(__mail-quota_custom_complete ---completion show -- --org "${COMP_CWORD}" "$(__mail-quota_cursor_index_in_current_word)")"
        return
        ;;
    '--class')
        __mail-quota_add_names "$(__mail-quota_custom_complete ---completion show -- --class "${COMP_CWORD}" "$(__mail-quota_cursor_index_in_current_word)")"
        return
        ;;
    '--over')
        return
        ;;
    '--top')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mail-quota_add_names "$(__mail-quota_custom_complete ---completion show -- positional@0 "${COMP_CWORD}" "$(__mail-quota_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mail-quota_set() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --default --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --org --class --from0 --until --reason --grace --pool)
    __mail-quota_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mail-quota_add_completions -f
        return
        ;;
    '--store')
        __mail-quota_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--org')
        __mail-quota_add_names "$(__mail-quota_custom_complete ---completion set -- --org "${COMP_CWORD}" "$(__mail-quota_cursor_index_in_current_word)")"
        return
        ;;
    '--class')
        __mail-quota_add_names "$(__mail-quota_custom_complete ---completion set -- --class "${COMP_CWORD}" "$(__mail-quota_cursor_index_in_current_word)")"
        return
        ;;
    '--from0')
        return
        ;;
    '--until')
        return
        ;;
    '--reason')
        return
        ;;
    '--grace')
        return
        ;;
    '--pool')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mail-quota_add_names "$(__mail-quota_custom_complete ---completion set -- positional@0 "${COMP_CWORD}" "$(__mail-quota_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mail-quota_extend() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --default --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --org --class --from0 --until --reason)
    __mail-quota_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mail-quota_add_completions -f
        return
        ;;
    '--store')
        __mail-quota_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--org')
        __mail-quota_add_names "$(__mail-quota_custom_complete ---completion extend -- --org "${COMP_CWORD}" "$(__mail-quota_cursor_index_in_current_word)")"
        return
        ;;
    '--class')
        __mail-quota_add_names "$(__mail-quota_custom_complete ---completion extend -- --class "${COMP_CWORD}" "$(__mail-quota_cursor_index_in_current_word)")"
        return
        ;;
    '--from0')
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
    *)
        __mail-quota_add_names "$(__mail-quota_custom_complete ---completion extend -- positional@0 "${COMP_CWORD}" "$(__mail-quota_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mail-quota_unset() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --default --only-dated --yes -y --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --org --class --from0 --grace)
    __mail-quota_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mail-quota_add_completions -f
        return
        ;;
    '--store')
        __mail-quota_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--org')
        __mail-quota_add_names "$(__mail-quota_custom_complete ---completion unset -- --org "${COMP_CWORD}" "$(__mail-quota_cursor_index_in_current_word)")"
        return
        ;;
    '--class')
        __mail-quota_add_names "$(__mail-quota_custom_complete ---completion unset -- --class "${COMP_CWORD}" "$(__mail-quota_cursor_index_in_current_word)")"
        return
        ;;
    '--from0')
        return
        ;;
    '--grace')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mail-quota_add_names "$(__mail-quota_custom_complete ---completion unset -- positional@0 "${COMP_CWORD}" "$(__mail-quota_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mail-quota_report() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort --group-by --forecast --top --mail --progress)
    __mail-quota_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mail-quota_add_completions -f
        return
        ;;
    '--store')
        __mail-quota_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mail-quota_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    '--group-by')
        __mail-quota_add_completions -W 'org'$'\n''class'
        return
        ;;
    '--forecast')
        return
        ;;
    '--top')
        return
        ;;
    '--mail')
        __mail-quota_add_names "$(__mail-quota_custom_complete ---completion report -- --mail "${COMP_CWORD}" "$(__mail-quota_cursor_index_in_current_word)")"
        return
        ;;
    '--progress')
        __mail-quota_add_completions -W 'auto'$'\n''always'$'\n''never'$'\n''json'
        return
        ;;
    esac
}

_mail-quota_check() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --nagios --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --warn --crit --allow --org)
    __mail-quota_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mail-quota_add_completions -f
        return
        ;;
    '--store')
        __mail-quota_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--warn')
        return
        ;;
    '--crit')
        return
        ;;
    '--allow')
        return
        ;;
    '--org')
        __mail-quota_add_names "$(__mail-quota_custom_complete ---completion check -- --org "${COMP_CWORD}" "$(__mail-quota_cursor_index_in_current_word)")"
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mail-quota_add_names "$(__mail-quota_custom_complete ---completion check -- positional@0 "${COMP_CWORD}" "$(__mail-quota_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mail-quota_recount() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero --all --fix --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort --progress)
    __mail-quota_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mail-quota_add_completions -f
        return
        ;;
    '--store')
        __mail-quota_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mail-quota_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--columns')
        return
        ;;
    '--sort')
        return
        ;;
    '--progress')
        __mail-quota_add_completions -W 'auto'$'\n''always'$'\n''never'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __mail-quota_add_names "$(__mail-quota_custom_complete ---completion recount -- positional@0 "${COMP_CWORD}" "$(__mail-quota_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_mail-quota_notify() {
    repeating_flags=(--quiet -q --verbose -v)
    non_repeating_flags=(--no-input --json --no-header -0 --zero -n --dry-run --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --store --now --format --columns --sort --at --language --progress)
    __mail-quota_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __mail-quota_add_completions -f
        return
        ;;
    '--store')
        __mail-quota_add_completions -d
        return
        ;;
    '--now')
        return
        ;;
    '--format')
        __mail-quota_add_completions -W 'table'$'\n''tsv'$'\n''csv'$'\n''json'$'\n''ndjson'
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
    '--language')
        __mail-quota_add_completions -W 'en'$'\n''sv'
        return
        ;;
    '--progress')
        __mail-quota_add_completions -W 'auto'$'\n''always'$'\n''never'$'\n''json'
        return
        ;;
    esac
}

_mail-quota_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __mail-quota_offer_flags_options -1
}
# Takes names, a line each: nothing in them is carried out, and what is special in a shell is quoted, but not the @.
__mail-quota_add_names() {
    local name quoted
    compopt +o filenames
    while IFS='' read -r name; do
        printf -v quoted %q "${name}"
        [[ -n "${name}" && ( "${quoted}" = "${cur}"* || "${name}" = "${cur}"* ) ]] && COMPREPLY+=("${quoted}")
    done <<<"${1}"
}

# Puts together again what bash took apart at @ and :, and gives back only what stands for the last of these parts.
__mail-quota_complete() {
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
    _mail-quota "${1}" "${typed}" "${joined[index > 0 ? index - 1 : 0]}"
    trap - RETURN
    COMPREPLY=("${COMPREPLY[@]#"${typed%"${2}"}"}")
}

complete -o filenames -F __mail-quota_complete mail-quota
